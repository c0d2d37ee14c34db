package dev.portcullis.console.policy;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.console.policy.store.PolicyStore;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import java.util.Optional;
import java.util.stream.Stream;

/// Makes sure that a policy may be published, and publishes it. It asks nobody for a role: the service in front of
/// it does, and what waits for its time has nobody to ask.
@Component
public class Publisher {
    private static final int ATTEMPTS = 3;

    private final PolicyQuery query;
    private final PolicyStore store;
    private final ModuleCheck modules;
    private final ObjectProvider<PublicationGate> gates;
    private final PolicyOwner owner;

    Publisher(
            PolicyQuery query,
            PolicyStore store,
            ModuleCheck modules,
            ObjectProvider<PublicationGate> gates,
            ConsoleSettings settings) {
        this.query = query;
        this.store = store;
        this.modules = modules;
        this.gates = gates;
        this.owner = settings.policyOwner();
    }

    /// The draft, with its modules.
    ///
    /// @throws StalePolicyException when the expectation is not met
    public PublicationOrder draft(String comment, String author, Expectation expectation) {
        refuseWhenOwnedElsewhere();
        var draft = query.draft()
                .orElseGet(() -> new PolicyDraft(
                        query.published().map(PolicyVersion::document).orElse(""), 0, Optional.empty()));
        var inForce = versionTag();
        expectation.check(draft.tag(), inForce);
        return PublicationOrder.of(
                Publication.of(draft.document(), comment, author)
                        .with(query.draftModules().orElseGet(query::publishedModules)),
                Expectation.of(draft.tag()),
                Expectation.of(inForce));
    }

    /// A document that came along, with the modules in force.
    public PublicationOrder document(String document, String comment, String author, Expectation expectation) {
        refuseWhenOwnedElsewhere();
        return PublicationOrder.of(Publication.of(document, comment, author), expectation);
    }

    /// A document that came along from a program.
    ///
    /// @param source what the document is called where it has its home; required when that is a repository
    /// @param isPublisher whether whoever publishes has the role of a repository's pipeline
    /// @throws IllegalArgumentException when there is no source and there must be one
    public PublicationOrder from(
            Optional<String> source,
            String document,
            String comment,
            String author,
            boolean isPublisher,
            Expectation expectation) {
        var publication = source.map(from -> Publication.from(from, document, comment, author))
                .orElseGet(() -> Publication.of(document, comment, author));
        if (owner instanceof PolicyOwner.Git) {
            if (!isPublisher) {
                refuseWhenOwnedElsewhere();
            }
            if (source.isEmpty()) {
                throw new IllegalArgumentException("source: (expected: the commit)");
            }
            return PublicationOrder.of(publication.with(new Consent.Repository()), expectation);
        }
        return PublicationOrder.of(publication, expectation);
    }

    /// The document and modules of an earlier version; empty when there is none.
    public Optional<PublicationOrder> restored(long version, String author, Expectation expectation) {
        refuseWhenOwnedElsewhere();
        return query.version(version)
                .map(earlier -> PublicationOrder.of(
                        Publication.restoring(earlier, author)
                                .with(query.modules(version).orElseGet(OwnRego::none)),
                        expectation));
    }

    /// Publishes. Modules are compiled and tested again, even when they are those in force: the document may be
    /// another one, and so may this console's version. That takes seconds; who publishes other modules
    /// meanwhile must not lose them to a writer who only wants another document. Who expects something else
    /// is told before that, and again when it is written.
    ///
    /// @throws InvalidPolicyException with its problems when it is not valid
    /// @throws ApprovalNeededException when a second person has to approve it, and none has
    public long publish(PublicationOrder order) {
        for (int attempt = 1; ; attempt++) {
            var inForce = versionTag();
            try {
                var checked = check(order);
                return store.publish(
                        checked.publication(), checked.expectations().toArray(Expectation[]::new));
            } catch (StalePolicyException e) {
                if (order.publication().own().isPresent()
                        || attempt == ATTEMPTS
                        || versionTag().equals(inForce)) {
                    throw e;
                }
            }
        }
    }

    /// The same order, found good: its modules are compiled, and whatever looks at publications had nothing to say.
    /// One without modules keeps those in force, as long as they are.
    public PublicationOrder check(PublicationOrder order) {
        var publication = order.publication();
        var document = valid(publication.document());
        var inForce = versionTag();
        order.expectations().forEach(expectation -> expectation.check(draftTag(), inForce));
        var own = modules.check(document, publication.own().orElseGet(query::publishedModules))
                .own();
        gates.orderedStream().forEach(gate -> gate.check(document, own));
        return publication.own().isPresent()
                ? new PublicationOrder(publication.with(own), order.expectations())
                : new PublicationOrder(
                        publication.with(own),
                        Stream.concat(Stream.of(Expectation.of(inForce)), order.expectations().stream())
                                .toList());
    }

    /// @throws PolicyOwnedElsewhereException when the document has its home in a repository
    public void refuseWhenOwnedElsewhere() {
        if (owner instanceof PolicyOwner.Git(var repository)) {
            throw new PolicyOwnedElsewhereException(repository);
        }
    }

    /// @throws InvalidPolicyException with its problems when it is not valid
    static PolicyDocument valid(String document) {
        return switch (DocumentReader.read(document)) {
            case ReadResult.Invalid invalid -> throw new InvalidPolicyException(invalid);
            case ReadResult.Valid valid -> valid.document();
        };
    }

    private String draftTag() {
        return Expectation.draftTag(query.draft().map(PolicyDraft::revision).orElse(0L));
    }

    private String versionTag() {
        return Expectation.versionTag(
                query.published().map(PolicyVersion::version).orElse(0L));
    }
}
