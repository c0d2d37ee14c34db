package dev.portcullis.console.publication;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.policy.Consent;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.PublicationOrder;
import dev.portcullis.console.policy.Publisher;
import dev.portcullis.console.policy.StalePolicyException;
import dev.portcullis.console.policy.Submitted;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.console.publication.query.ProposalQuery;
import dev.portcullis.console.publication.store.ProposalStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides about proposals. What is proposed never changes, so whoever approves one approves what they have seen.
///
/// Every method that changes something throws a [ConflictException] when the proposal does not wait any more.
@Service
public class ProposalService {
    private static final int LONGEST_REASON = 2_000;

    private final ProposalQuery query;
    private final ProposalStore store;
    private final PolicyQuery policy;
    private final Publisher publisher;
    private final Submissions submissions;
    private final Persons persons;
    private final Actor whoever;

    ProposalService(
            ProposalQuery query,
            ProposalStore store,
            PolicyQuery policy,
            Publisher publisher,
            Submissions submissions,
            Persons persons,
            Actor whoever) {
        this.query = query;
        this.store = store;
        this.policy = policy;
        this.publisher = publisher;
        this.submissions = submissions;
        this.persons = persons;
        this.whoever = whoever;
    }

    /// Those in these states with numbers below `before`, newest first.
    @RolesAllowed(Roles.VIEWER)
    public List<Proposal> list(Collection<Proposal.State> states, OptionalLong before, int limit) {
        return query.list(states, before, limit);
    }

    /// A proposal and what it changes.
    @RolesAllowed(Roles.VIEWER)
    public Optional<ProposalDetail> find(long id) {
        return query.find(id).map(this::compared);
    }

    private ProposalDetail compared(ProposedPolicy proposed) {
        var number = proposed.proposal().baseVersion();
        var base = policy.version(number).map(PolicyVersion::document);
        var before = base.orElse("");
        return new ProposalDetail(
                proposed,
                base,
                inForce() == number,
                ProposalComparison.meaning(before, proposed.document()),
                ProposalComparison.modules(policy.modules(number).orElseGet(OwnRego::none), proposed.own()),
                ChangedLines.between(before, proposed.document()));
    }

    /// Whether the one who is signed in could approve it, as far as who they are goes.
    @RolesAllowed(Roles.VIEWER)
    public boolean mayApprove(Proposal proposal) {
        var actor = whoever.name();
        return whoever.isApprover()
                && !actor.equals(proposal.author())
                && persons.behind(actor)
                        .filter(person -> !person.equals(proposal.authorPerson()))
                        .isPresent();
    }

    /// Publishes what somebody else has proposed, now or at a time. It is checked once more.
    ///
    /// @param at when it is to be published; empty for when its author wanted it, if that is still to come
    /// @throws NotASecondPersonException unless this is somebody else than its author
    /// @throws IllegalArgumentException when the time is none that can be waited for
    @RolesAllowed(Roles.APPROVER)
    public Submitted approve(long id, String comment, Optional<OffsetDateTime> at, String actor) {
        var proposed = waiting(id, Proposal.State.OPEN);
        publisher.refuseWhenOwnedElsewhere();
        persons.checkSecond(proposed.proposal(), actor);
        at.ifPresent(submissions::checkTime);
        var approval = new Consent.Approved(actor, comment);
        try {
            var checked = publisher.check(proposed.order(approval, actor));
            return approve(proposed.proposal(), checked, approval, at);
        } catch (StalePolicyException e) {
            throw new ConflictException(proposed.baseGone() + " It has to be refreshed.");
        }
    }

    private Submitted approve(
            Proposal proposal, PublicationOrder order, Consent.Approved approval, Optional<OffsetDateTime> at) {
        var time = at.or(() -> proposal.publishAt().filter(wanted -> wanted.isAfter(query.now())));
        if (time.isPresent()) {
            store.scheduleApproved(proposal.id(), approval, time.get());
            return new Submitted.Waiting(proposal.id(), false, time);
        }
        return new Submitted.Published(store.publishApproved(proposal.id(), order, approval));
    }

    /// @throws IllegalArgumentException when there is no reason
    @RolesAllowed(Roles.APPROVER)
    public void reject(long id, String reason, String actor) {
        checkReason(reason);
        var _ = waiting(id, Proposal.State.OPEN);
        store.end(id, Proposal.State.OPEN, Proposal.State.REJECTED, actor, Optional.of(reason));
    }

    /// Takes a proposal back; its author does, or an admin.
    @RolesAllowed(Roles.EDITOR)
    public void withdraw(long id, String actor) {
        var proposal = waiting(id, Proposal.State.OPEN).proposal();
        if (!isAuthor(proposal, actor) && !whoever.isAdmin()) {
            throw new AccessDeniedException("only the author or an admin takes a proposal back");
        }
        store.end(id, Proposal.State.OPEN, Proposal.State.WITHDRAWN, actor, Optional.empty());
    }

    /// Keeps something that waits for its time from being published.
    @RolesAllowed(Roles.EDITOR)
    public void cancel(long id, Optional<String> reason, String actor) {
        reason.ifPresent(ProposalService::checkReason);
        var _ = waiting(id, Proposal.State.SCHEDULED);
        store.end(id, Proposal.State.SCHEDULED, Proposal.State.CANCELLED, actor, reason);
    }

    /// Whether the one who is signed in has proposed it.
    @RolesAllowed(Roles.VIEWER)
    public boolean isOwn(Proposal proposal) {
        return isAuthor(proposal, whoever.name());
    }

    /// Proposes the same document again, for the version in force: whoever approves it then sees what it would take
    /// back of what was published since.
    ///
    /// @return the new proposal, which takes the place of this one
    @RolesAllowed(Roles.EDITOR)
    public ProposalDetail refresh(long id, String actor) {
        var proposed = waiting(id, Proposal.State.OPEN);
        if (!isAuthor(proposed.proposal(), actor)) {
            throw new AccessDeniedException("only the author proposes it again");
        }
        publisher.refuseWhenOwnedElsewhere();
        var time = proposed.proposal().publishAt().filter(wanted -> wanted.isAfter(query.now()));
        var again = submissions.propose(proposed.again(actor, inForce()), time, Optional.of(id));
        return switch (again) {
            case Submitted.Waiting(var made, var _, var _) ->
                find(made).orElseThrow(() -> new NotFoundException("There is no proposal " + made + "."));
            case Submitted.Published _ -> throw new IllegalStateException("a proposal waits");
        };
    }

    private ProposedPolicy waiting(long id, Proposal.State state) {
        var found = query.find(id).orElseThrow(() -> new NotFoundException("There is no proposal " + id + "."));
        if (found.proposal().state() != state) {
            throw new ConflictException("Proposal " + id + " is "
                    + found.proposal().state().wireName() + " (expected: " + state.wireName() + ").");
        }
        return found;
    }

    private boolean isAuthor(Proposal proposal, String actor) {
        return persons.asFarAsKnown(actor).equals(proposal.authorPerson());
    }

    private long inForce() {
        return policy.published().map(PolicyVersion::version).orElse(0L);
    }

    private static void checkReason(String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("reason: (expected: why, in at most " + LONGEST_REASON + " characters)");
        }
    }
}
