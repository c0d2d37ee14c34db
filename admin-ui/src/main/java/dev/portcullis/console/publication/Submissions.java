package dev.portcullis.console.publication;

import dev.portcullis.console.policy.ApprovalNeededException;
import dev.portcullis.console.policy.Consent;
import dev.portcullis.console.policy.PublicationOrder;
import dev.portcullis.console.policy.Publisher;
import dev.portcullis.console.policy.Submitted;
import dev.portcullis.console.policy.Submitter;
import dev.portcullis.console.publication.query.ApprovalQuery;
import dev.portcullis.console.publication.query.ProposalQuery;
import dev.portcullis.console.publication.store.ProposalStore;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Publishes what may be published at once, and makes a proposal of everything else. Either is checked first.
@Component
class Submissions implements Submitter {
    private static final Duration LONGEST_WAIT = Duration.ofDays(366);

    private final Publisher publisher;
    private final ApprovalQuery approval;
    private final ProposalQuery query;
    private final ProposalStore store;
    private final Persons persons;

    Submissions(
            Publisher publisher, ApprovalQuery approval, ProposalQuery query, ProposalStore store, Persons persons) {
        this.publisher = publisher;
        this.approval = approval;
        this.query = query;
        this.store = store;
        this.persons = persons;
    }

    @Override
    public Submitted submit(PublicationOrder order, Optional<OffsetDateTime> at) {
        at.ifPresent(this::checkTime);
        var alone = order.publication().consent() instanceof Consent.None;
        if (at.isEmpty() && !(alone && approval.setting().required())) {
            try {
                return new Submitted.Published(publisher.publish(order));
            } catch (ApprovalNeededException e) {
                // Somebody has switched it on meanwhile.
                return propose(order, at, Optional.empty());
            }
        }
        return propose(order, at, Optional.empty());
    }

    /// @param replaces the proposal whose place it takes
    Submitted propose(PublicationOrder order, Optional<OffsetDateTime> at, Optional<Long> replaces) {
        var checked = publisher.check(order);
        var person = persons.asFarAsKnown(order.publication().author());
        var made = store.add(checked, person, at, replaces);
        return new Submitted.Waiting(made.id(), made.state() == Proposal.State.OPEN, made.publishAt());
    }

    /// @throws IllegalArgumentException when it is not in the future, by the database's clock
    void checkTime(OffsetDateTime at) {
        var now = query.now();
        if (!at.isAfter(now) || at.isAfter(now.plus(LONGEST_WAIT))) {
            throw new IllegalArgumentException("at: " + at + " (expected: a time in the future, at most "
                    + LONGEST_WAIT.toDays() + " days from now; the database's clock says " + now + ")");
        }
    }
}
