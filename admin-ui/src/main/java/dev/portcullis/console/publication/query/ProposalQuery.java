package dev.portcullis.console.publication.query;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static dev.portcullis.database.gateway.Tables.PROPOSALS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.noCondition;

import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.publication.Proposal;
import dev.portcullis.console.publication.ProposedPolicy;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import javax.sql.DataSource;

/// Reads proposals.
@Repository
public class ProposalQuery {
    /// All but what is proposed, which may be long.
    private static final List<SelectField<?>> SUMMARY = List.of(
            PROPOSALS.ID,
            PROPOSALS.STATE,
            PROPOSALS.COMMENT,
            PROPOSALS.AUTHOR,
            PROPOSALS.AUTHOR_PERSON,
            PROPOSALS.SOURCE,
            PROPOSALS.RESTORES,
            PROPOSALS.REPLACES,
            PROPOSALS.BASE_VERSION,
            PROPOSALS.DRAFT_REVISION,
            PROPOSALS.PUBLISH_AT,
            PROPOSALS.MADE_AT,
            PROPOSALS.APPROVER,
            PROPOSALS.APPROVAL_COMMENT,
            PROPOSALS.APPROVED_AT,
            PROPOSALS.ENDED_BY,
            PROPOSALS.ENDED_AT,
            PROPOSALS.REASON,
            PROPOSALS.VERSION,
            PROPOSALS.LATE_SECONDS);

    private final DSLContext sql;

    public ProposalQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Those in these states with numbers below `before` (all when absent), newest first.
    public List<Proposal> list(Collection<Proposal.State> states, OptionalLong before, int limit) {
        return sql.select(SUMMARY)
                .from(PROPOSALS)
                .where(PROPOSALS.STATE.in(
                        states.stream().map(Proposal.State::wireName).toList()))
                .and(before.isPresent() ? PROPOSALS.ID.lt(before.getAsLong()) : noCondition())
                .orderBy(PROPOSALS.ID.desc())
                .limit(limit)
                .fetch(ProposalQuery::proposal);
    }

    public Optional<ProposedPolicy> find(long id) {
        return sql.selectFrom(PROPOSALS).where(PROPOSALS.ID.eq(id)).fetchOptional(ProposalQuery::policy);
    }

    /// The database's clock, which says when it is time.
    public OffsetDateTime now() {
        return sql.select(currentOffsetDateTime()).fetchSingle().value1();
    }

    /// The person who made the good token of this name.
    public Optional<String> maker(String token) {
        return sql.select(ADMIN_TOKENS.MAKER)
                .from(ADMIN_TOKENS)
                .where(ADMIN_TOKENS.NAME.eq(token))
                .and(AdminTokenQuery.isGood())
                .orderBy(ADMIN_TOKENS.CREATED_AT.desc())
                .limit(1)
                .fetchOptional(ADMIN_TOKENS.MAKER);
    }

    /// A whole row.
    public static ProposedPolicy policy(Record row) {
        return new ProposedPolicy(
                proposal(row),
                row.get(PROPOSALS.DOCUMENT),
                OwnRego.read(
                        row.get(PROPOSALS.MODULES).data(), Optional.ofNullable(row.get(PROPOSALS.COMPILED_MODULES))));
    }

    private static Proposal proposal(Record row) {
        return new Proposal(
                row.get(PROPOSALS.ID),
                Proposal.State.of(row.get(PROPOSALS.STATE)),
                row.get(PROPOSALS.COMMENT),
                row.get(PROPOSALS.AUTHOR),
                row.get(PROPOSALS.AUTHOR_PERSON),
                Optional.ofNullable(row.get(PROPOSALS.SOURCE)),
                Optional.ofNullable(row.get(PROPOSALS.RESTORES)),
                Optional.ofNullable(row.get(PROPOSALS.REPLACES)),
                row.get(PROPOSALS.BASE_VERSION),
                row.get(PROPOSALS.DRAFT_REVISION),
                Optional.ofNullable(row.get(PROPOSALS.PUBLISH_AT)),
                row.get(PROPOSALS.MADE_AT),
                Optional.ofNullable(row.get(PROPOSALS.APPROVER))
                        .map(by -> new Proposal.Approval(
                                by,
                                Objects.requireNonNullElse(row.get(PROPOSALS.APPROVAL_COMMENT), ""),
                                row.get(PROPOSALS.APPROVED_AT))),
                Optional.ofNullable(row.get(PROPOSALS.ENDED_BY)).map(by -> ending(by, row)));
    }

    private static Proposal.Ending ending(String by, Record row) {
        var late = row.get(PROPOSALS.LATE_SECONDS);
        return new Proposal.Ending(
                by,
                row.get(PROPOSALS.ENDED_AT),
                Optional.ofNullable(row.get(PROPOSALS.REASON)),
                Optional.ofNullable(row.get(PROPOSALS.VERSION)),
                late == null ? OptionalLong.empty() : OptionalLong.of(late));
    }
}
