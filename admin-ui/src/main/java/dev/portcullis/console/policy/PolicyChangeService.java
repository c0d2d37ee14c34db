package dev.portcullis.console.policy;

import dev.portcullis.console.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// Makes one small change to the document in force, publishes it, and makes the same change to a draft that
/// holds other work.
@Service
public class PolicyChangeService {
    private static final int ATTEMPTS = 3;

    private final PolicyService policies;
    private final Publisher publisher;
    private final Submitter submitter;

    PolicyChangeService(PolicyService policies, Publisher publisher, Submitter submitter) {
        this.policies = policies;
        this.publisher = publisher;
        this.submitter = submitter;
    }

    /// What became of the draft.
    public enum Draft {
        /// There was none with work in it.
        FOLLOWED,
        /// It has the change too, besides its own.
        CHANGED,
        /// The change does not fit into it; whoever works on it has to make it there.
        LEFT
    }

    /// @param version the version in force afterwards
    /// @param published whether that is a new one; not when the document said it already
    /// @param proposal the number under which the change waits for a second person, where one has to approve it
    public record Outcome(long version, boolean published, Draft draft, Optional<Long> proposal) {}

    /// Changes the document. When somebody else publishes at the same moment and nothing is expected, the change
    /// is made to what they published.
    ///
    /// @param edit makes the changed text; throws an [IllegalArgumentException] when that cannot be
    /// @throws IllegalArgumentException from `edit`
    /// @throws NoPolicyPublishedException when there is no document in force
    /// @throws StalePolicyException when the expectation is not met
    @RolesAllowed(Roles.EDITOR)
    public Outcome change(UnaryOperator<String> edit, String comment, String author, Expectation expectation) {
        for (int attempt = 1; ; attempt++) {
            try {
                return changeOnce(edit, comment, author, expectation);
            } catch (StalePolicyException e) {
                if (attempt == ATTEMPTS || !expectation.tags().isEmpty()) {
                    throw e;
                }
            }
        }
    }

    private Outcome changeOnce(UnaryOperator<String> edit, String comment, String author, Expectation expectation) {
        var inForce = policies.published().orElseThrow(NoPolicyPublishedException::new);
        var draft = policies.draft();
        expectation.check(draft.tag(), inForce.tag());
        var changed = edit.apply(inForce.document());
        if (changed.equals(inForce.document())) {
            return new Outcome(inForce.version(), false, Draft.FOLLOWED, Optional.empty());
        }
        var order = publisher.document(changed, comment, author, Expectation.of(inForce.tag()));
        return switch (submitter.submit(order, Optional.empty())) {
            case Submitted.Published(var version) ->
                new Outcome(
                        version,
                        true,
                        draft.document().equals(inForce.document()) ? Draft.FOLLOWED : changed(draft, edit, author),
                        Optional.empty());
            case Submitted.Waiting waiting ->
                new Outcome(
                        inForce.version(),
                        false,
                        draft.document().equals(inForce.document()) ? Draft.FOLLOWED : Draft.LEFT,
                        Optional.of(waiting.proposal()));
        };
    }

    private Draft changed(PolicyDraft draft, UnaryOperator<String> edit, String author) {
        try {
            policies.saveDraft(edit.apply(draft.document()), author, Expectation.of(draft.tag()));
            return Draft.CHANGED;
        } catch (IllegalArgumentException | StalePolicyException e) {
            return Draft.LEFT;
        }
    }
}
