package dev.portcullis.console.publication.store;

import static dev.portcullis.database.gateway.Tables.POLICY_DRAFT;
import static dev.portcullis.database.gateway.Tables.PROPOSALS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.field;

import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.policy.ApprovalNeededException;
import dev.portcullis.console.policy.Consent;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.PublicationOrder;
import dev.portcullis.console.policy.StalePolicyException;
import dev.portcullis.console.policy.store.PolicyStore;
import dev.portcullis.console.publication.Proposal;
import dev.portcullis.console.publication.ProposedPolicy;
import dev.portcullis.console.publication.query.ApprovalQuery;
import dev.portcullis.console.publication.query.ProposalQuery;
import dev.portcullis.policy.rego.CompiledRego;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import javax.sql.DataSource;

/// Writes proposals. Whoever takes a proposal's row and the policy writers' lock takes the row first.
@Repository
public class ProposalStore {
    private static final int MOST_WAITING = 100;
    private static final int LONGEST_REASON = 4_000;

    /// How long after its time, by the database's clock.
    private static final Field<Long> LATE = field(
            "case when {0} is not null then cast(greatest(0, extract(epoch from now() - {0})) as bigint) end",
            Long.class, PROPOSALS.PUBLISH_AT);

    private final DSLContext sql;

    public ProposalStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Keeps a publication that has to wait: for a second person when the setting says so at this moment, or for its
    /// time.
    ///
    /// @param order its modules are compiled
    /// @param replaces the waiting proposal whose place it takes
    /// @throws StalePolicyException when something expected is not so
    /// @throws ConflictException when too many wait, or the other one does not wait any more
    public Proposal add(PublicationOrder order, String person, Optional<OffsetDateTime> at, Optional<Long> replaces) {
        return sql.transactionResult(transaction -> {
            var author = order.publication().author();
            for (var other : replaces.stream().toList()) {
                if (lock(transaction, other) != Proposal.State.OPEN) {
                    throw notOpen(other);
                }
                end(transaction, other, Proposal.State.WITHDRAWN, author, Optional.of("It was proposed anew."));
            }
            var base = PolicyStore.checkAlone(transaction, order.expectations().toArray(Expectation[]::new));
            var open = order.publication().consent() instanceof Consent.None
                    && ApprovalQuery.setting(transaction).required();
            if (!open && at.isEmpty()) {
                throw new ConflictException("Approval was switched off at this moment. Publish it.");
            }
            checkRoom(transaction);
            return insert(transaction, order, person, at, replaces, base, open);
        });
    }

    private static Proposal insert(
            Configuration transaction,
            PublicationOrder order,
            String person,
            Optional<OffsetDateTime> at,
            Optional<Long> replaces,
            long base,
            boolean open) {
        var publication = order.publication();
        var own = publication.own().orElseGet(OwnRego::none);
        var made = transaction
                .dsl()
                .insertInto(PROPOSALS)
                .set(PROPOSALS.STATE, (open ? Proposal.State.OPEN : Proposal.State.SCHEDULED).wireName())
                .set(PROPOSALS.DOCUMENT, publication.document())
                .set(PROPOSALS.MODULES, JSONB.valueOf(own.modulesAsJson()))
                .set(
                        PROPOSALS.COMPILED_MODULES,
                        own.compiled().map(CompiledRego::wasm).orElse(null))
                .set(PROPOSALS.COMMENT, publication.comment())
                .set(PROPOSALS.AUTHOR, publication.author())
                .set(PROPOSALS.AUTHOR_PERSON, person)
                .set(PROPOSALS.SOURCE, publication.source().orElse(null))
                .set(PROPOSALS.RESTORES, publication.restores().orElse(null))
                .set(PROPOSALS.REPLACES, replaces.orElse(null))
                .set(PROPOSALS.BASE_VERSION, base)
                .set(PROPOSALS.DRAFT_REVISION, draftRevision(transaction))
                .set(PROPOSALS.PUBLISH_AT, at.orElse(null))
                .returning()
                .fetchSingle(ProposalQuery::policy)
                .proposal();
        var detail = new TreeMap<String, String>();
        detail.put("comment", made.comment());
        detail.put("base", Long.toString(base));
        at.ifPresent(time -> detail.put("at", time.toInstant().toString()));
        replaces.ifPresent(other -> detail.put("replaces", Long.toString(other)));
        record(
                transaction,
                made.author(),
                open ? AdminEvent.PROPOSAL_MADE : AdminEvent.PUBLICATION_SCHEDULED,
                made.id(),
                detail);
        return made;
    }

    private static long draftRevision(Configuration transaction) {
        return transaction
                .dsl()
                .select(POLICY_DRAFT.REVISION)
                .from(POLICY_DRAFT)
                .fetchOptional(POLICY_DRAFT.REVISION)
                .orElse(0L);
    }

    private static void checkRoom(Configuration transaction) {
        var waiting = transaction.dsl().fetchCount(PROPOSALS, PROPOSALS.ENDED_AT.isNull());
        if (waiting >= MOST_WAITING) {
            throw new ConflictException(waiting + " proposals are waiting (expected: less than " + MOST_WAITING
                    + "). Withdraw or reject some first.");
        }
    }

    /// Publishes what somebody has approved.
    ///
    /// @return the version
    /// @throws ConflictException when the proposal does not wait for approval any more
    /// @throws StalePolicyException when it was made for another version than that in force
    public long publishApproved(long id, PublicationOrder order, Consent.Approved approval) {
        return sql.transactionResult(transaction -> {
            approved(transaction, id, approval);
            return published(transaction, id, order);
        });
    }

    /// Lets what somebody has approved wait for its time.
    ///
    /// @throws ConflictException when the proposal does not wait for approval any more
    public void scheduleApproved(long id, Consent.Approved approval, OffsetDateTime at) {
        sql.transaction(transaction -> {
            approved(transaction, id, approval);
            transaction
                    .dsl()
                    .update(PROPOSALS)
                    .set(PROPOSALS.STATE, Proposal.State.SCHEDULED.wireName())
                    .set(PROPOSALS.PUBLISH_AT, at)
                    .where(PROPOSALS.ID.eq(id))
                    .execute();
            record(
                    transaction,
                    approval.approver(),
                    AdminEvent.PUBLICATION_SCHEDULED,
                    id,
                    Map.of("at", at.toInstant().toString()));
        });
    }

    private static void approved(Configuration transaction, long id, Consent.Approved approval) {
        if (lock(transaction, id) != Proposal.State.OPEN) {
            throw notOpen(id);
        }
        transaction
                .dsl()
                .update(PROPOSALS)
                .set(PROPOSALS.APPROVER, approval.approver())
                .set(PROPOSALS.APPROVAL_COMMENT, approval.comment())
                .set(PROPOSALS.APPROVED_AT, currentOffsetDateTime())
                .where(PROPOSALS.ID.eq(id))
                .execute();
        record(
                transaction,
                approval.approver(),
                AdminEvent.PROPOSAL_APPROVED,
                id,
                Map.of("comment", approval.comment()));
    }

    private static ConflictException notOpen(long id) {
        return new ConflictException("Proposal " + id + " does not wait for approval any more.");
    }

    private static long published(Configuration transaction, long id, PublicationOrder order) {
        var version = PolicyStore.publish(
                transaction, order.publication(), order.expectations().toArray(Expectation[]::new));
        transaction
                .dsl()
                .update(PROPOSALS)
                .set(PROPOSALS.STATE, Proposal.State.PUBLISHED.wireName())
                .set(PROPOSALS.VERSION, version)
                .set(PROPOSALS.ENDED_BY, order.publication().actor())
                .set(PROPOSALS.ENDED_AT, currentOffsetDateTime())
                .set(PROPOSALS.LATE_SECONDS, LATE)
                .where(PROPOSALS.ID.eq(id))
                .execute();
        return version;
    }

    /// Ends a proposal that waits in one of the two ways.
    ///
    /// @throws ConflictException when it does not any more
    public void end(long id, Proposal.State waiting, Proposal.State end, String actor, Optional<String> reason) {
        sql.transaction(transaction -> {
            if (lock(transaction, id) != waiting) {
                throw new ConflictException("Proposal " + id + " is not " + waiting.wireName() + " any more.");
            }
            end(transaction, id, end, actor, reason);
        });
    }

    private static void end(
            Configuration transaction, long id, Proposal.State end, String actor, Optional<String> reason) {
        transaction
                .dsl()
                .update(PROPOSALS)
                .set(PROPOSALS.STATE, end.wireName())
                .set(PROPOSALS.ENDED_BY, actor)
                .set(PROPOSALS.ENDED_AT, currentOffsetDateTime())
                .set(PROPOSALS.REASON, reason.orElse(null))
                .where(PROPOSALS.ID.eq(id))
                .execute();
        record(
                transaction,
                actor,
                AdminEvent.proposalEnded(end.wireName()),
                id,
                reason.map(words -> Map.of("reason", words)).orElse(Map.of()));
    }

    /// Publishes, or refuses for good, the next of those whose time has come, unless another console is at it.
    ///
    /// @param prepare what is to be published; whatever it throws refuses it, except that the database cannot be
    ///     asked
    /// @return what it was; empty when there is none
    public Optional<Proposal> carryOutNext(Function<ProposedPolicy, PublicationOrder> prepare, String actor) {
        return sql.transactionResult(transaction -> {
            var due = transaction
                    .dsl()
                    .selectFrom(PROPOSALS)
                    .where(PROPOSALS.STATE.eq(Proposal.State.SCHEDULED.wireName()))
                    .and(PROPOSALS.PUBLISH_AT.le(currentOffsetDateTime()))
                    .orderBy(PROPOSALS.PUBLISH_AT, PROPOSALS.ID)
                    .limit(1)
                    .forUpdate()
                    .skipLocked()
                    .fetchOptional(ProposalQuery::policy);
            due.ifPresent(policy -> carryOut(transaction, policy, ready(policy, prepare), actor));
            return due.map(ProposedPolicy::proposal);
        });
    }

    /// Whether something can be published whose time has come.
    private sealed interface Readiness {
        record Ready(PublicationOrder order) implements Readiness {}

        record Refused(String reason) implements Readiness {}
    }

    private static Readiness ready(ProposedPolicy policy, Function<ProposedPolicy, PublicationOrder> prepare) {
        try {
            return new Readiness.Ready(prepare.apply(policy));
        } catch (DataAccessException e) {
            throw e;
        } catch (StalePolicyException e) {
            return new Readiness.Refused(policy.baseGone());
        } catch (RuntimeException e) {
            return new Readiness.Refused(shortened(String.valueOf(e.getMessage())));
        }
    }

    private static String shortened(String reason) {
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    }

    private static void carryOut(Configuration transaction, ProposedPolicy policy, Readiness readiness, String actor) {
        var id = policy.proposal().id();
        switch (readiness) {
            case Readiness.Refused(var reason) -> refuse(transaction, id, actor, reason);
            case Readiness.Ready(var order) -> {
                try {
                    transaction.dsl().transaction(nested -> {
                        var _ = published(nested, id, order);
                    });
                } catch (StalePolicyException e) {
                    refuse(transaction, id, actor, policy.baseGone());
                } catch (ApprovalNeededException e) {
                    refuse(transaction, id, actor, "A second person has to approve it since it was scheduled.");
                }
            }
        }
    }

    private static void refuse(Configuration transaction, long id, String actor, String reason) {
        end(transaction, id, Proposal.State.REFUSED, actor, Optional.of(reason));
        transaction
                .dsl()
                .update(PROPOSALS)
                .set(PROPOSALS.LATE_SECONDS, LATE)
                .where(PROPOSALS.ID.eq(id))
                .execute();
    }

    /// Nobody else changes it until the transaction ends.
    private static Proposal.State lock(Configuration transaction, long id) {
        return transaction
                .dsl()
                .select(PROPOSALS.STATE)
                .from(PROPOSALS)
                .where(PROPOSALS.ID.eq(id))
                .forUpdate()
                .fetchOptional(found -> Proposal.State.of(found.value1()))
                .orElseThrow(() -> new ConflictException("There is no proposal " + id + "."));
    }

    private static void record(
            Configuration transaction, String actor, String event, long id, Map<String, String> detail) {
        AdminEventStore.append(
                transaction, AdminEvent.of(actor, event).about("proposal " + id).with(detail));
    }
}
