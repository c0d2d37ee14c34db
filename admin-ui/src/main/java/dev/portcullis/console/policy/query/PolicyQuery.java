package dev.portcullis.console.policy.query;

import static dev.portcullis.database.gateway.Tables.POLICY_DRAFT;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.noCondition;

import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.PolicyDraft;
import dev.portcullis.console.policy.PolicyVersion;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import javax.sql.DataSource;

/// Reads the policy.
@Repository
public class PolicyQuery {
    private final DSLContext sql;

    public PolicyQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// The version in force.
    public Optional<PolicyVersion> published() {
        return sql.select(
                        POLICY_VERSIONS.VERSION,
                        POLICY_VERSIONS.DOCUMENT,
                        POLICY_VERSIONS.COMMENT,
                        POLICY_VERSIONS.AUTHOR,
                        POLICY_VERSIONS.PUBLISHED_AT,
                        POLICY_VERSIONS.SOURCE,
                        POLICY_VERSIONS.APPROVER,
                        POLICY_VERSIONS.APPROVAL_COMMENT,
                        POLICY_VERSIONS.PROPOSAL)
                .from(POLICY_VERSIONS)
                .orderBy(POLICY_VERSIONS.VERSION.desc())
                .limit(1)
                .fetchOptional(mapping(PolicyQuery::read));
    }

    public Optional<PolicyVersion> version(long version) {
        return sql.select(
                        POLICY_VERSIONS.VERSION,
                        POLICY_VERSIONS.DOCUMENT,
                        POLICY_VERSIONS.COMMENT,
                        POLICY_VERSIONS.AUTHOR,
                        POLICY_VERSIONS.PUBLISHED_AT,
                        POLICY_VERSIONS.SOURCE,
                        POLICY_VERSIONS.APPROVER,
                        POLICY_VERSIONS.APPROVAL_COMMENT,
                        POLICY_VERSIONS.PROPOSAL)
                .from(POLICY_VERSIONS)
                .where(POLICY_VERSIONS.VERSION.eq(version))
                .fetchOptional(mapping(PolicyQuery::read));
    }

    /// Versions below `before` (all when absent), newest first.
    public List<PolicyVersion> history(OptionalLong before, int limit) {
        return sql.select(
                        POLICY_VERSIONS.VERSION,
                        POLICY_VERSIONS.DOCUMENT,
                        POLICY_VERSIONS.COMMENT,
                        POLICY_VERSIONS.AUTHOR,
                        POLICY_VERSIONS.PUBLISHED_AT,
                        POLICY_VERSIONS.SOURCE,
                        POLICY_VERSIONS.APPROVER,
                        POLICY_VERSIONS.APPROVAL_COMMENT,
                        POLICY_VERSIONS.PROPOSAL)
                .from(POLICY_VERSIONS)
                .where(before.isPresent() ? POLICY_VERSIONS.VERSION.lt(before.getAsLong()) : noCondition())
                .orderBy(POLICY_VERSIONS.VERSION.desc())
                .limit(limit)
                .fetch(mapping(PolicyQuery::read));
    }

    public Optional<PolicyDraft> draft() {
        return sql.select(POLICY_DRAFT.DOCUMENT, POLICY_DRAFT.REVISION, POLICY_DRAFT.AUTHOR, POLICY_DRAFT.UPDATED_AT)
                .from(POLICY_DRAFT)
                .fetchOptional(mapping((document, revision, author, updatedAt) ->
                        new PolicyDraft(document, revision, Optional.of(new PolicyDraft.Edited(author, updatedAt)))));
    }

    /// The modules of the version in force; none when nothing has been published.
    public OwnRego publishedModules() {
        return sql.select(POLICY_VERSIONS.MODULES, POLICY_VERSIONS.COMPILED_MODULES)
                .from(POLICY_VERSIONS)
                .orderBy(POLICY_VERSIONS.VERSION.desc())
                .limit(1)
                .fetchOptional(mapping(PolicyQuery::ownRego))
                .orElseGet(OwnRego::none);
    }

    public Optional<OwnRego> modules(long version) {
        return sql.select(POLICY_VERSIONS.MODULES, POLICY_VERSIONS.COMPILED_MODULES)
                .from(POLICY_VERSIONS)
                .where(POLICY_VERSIONS.VERSION.eq(version))
                .fetchOptional(mapping(PolicyQuery::ownRego));
    }

    /// Empty when nobody has begun a draft.
    public Optional<OwnRego> draftModules() {
        return sql.select(POLICY_DRAFT.MODULES, POLICY_DRAFT.COMPILED_MODULES)
                .from(POLICY_DRAFT)
                .fetchOptional(mapping(PolicyQuery::ownRego));
    }

    private static OwnRego ownRego(JSONB modules, byte @Nullable [] compiled) {
        return OwnRego.read(modules.data(), Optional.ofNullable(compiled));
    }

    private static PolicyVersion read(
            long version,
            String document,
            String comment,
            String author,
            OffsetDateTime publishedAt,
            @Nullable String source,
            @Nullable String approver,
            @Nullable String approvalComment,
            @Nullable Long proposal) {
        return new PolicyVersion(
                version,
                document,
                comment,
                author,
                publishedAt,
                Optional.ofNullable(source),
                Optional.ofNullable(approver)
                        .map(by -> new PolicyVersion.Approval(by, Objects.requireNonNullElse(approvalComment, ""))),
                Optional.ofNullable(proposal));
    }
}
