package dev.portcullis.console.policy.store;

import static dev.portcullis.database.gateway.Tables.POLICY_DRAFT;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.max;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.Publication;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Optional;

import javax.sql.DataSource;

/// Writes the policy. All writers take one lock, so that what they expect cannot change under them.
@Repository
public class PolicyStore {
    /// The key of PostgreSQL's advisory lock for writers of the policy.
    private static final long WRITERS = 0x706f6c696379L;

    private final DSLContext sql;

    public PolicyStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Replaces the draft.
    ///
    /// @return its new revision
    /// @throws dev.portcullis.console.policy.StalePolicyException when the expectation is not met
    public long saveDraft(String document, String author, Expectation expectation) {
        return sql.transactionResult(transaction -> {
            checkAlone(transaction, expectation);
            return transaction
                    .dsl()
                    .insertInto(POLICY_DRAFT, POLICY_DRAFT.DOCUMENT, POLICY_DRAFT.AUTHOR)
                    .values(document, author)
                    .onConflict(POLICY_DRAFT.SINGLETON)
                    .doUpdate()
                    .set(POLICY_DRAFT.DOCUMENT, document)
                    .set(POLICY_DRAFT.AUTHOR, author)
                    .set(POLICY_DRAFT.REVISION, POLICY_DRAFT.REVISION.plus(1))
                    .set(POLICY_DRAFT.UPDATED_AT, currentOffsetDateTime())
                    .returningResult(POLICY_DRAFT.REVISION)
                    .fetchSingle()
                    .value1();
        });
    }

    /// Publishes a document. A draft that held nothing new follows it; a draft with work in it is left
    /// alone.
    ///
    /// @return the new version
    /// @throws dev.portcullis.console.policy.StalePolicyException when the expectation is not met
    public long publish(Publication publication, Expectation expectation) {
        return sql.transactionResult(transaction -> {
            var before = checkAlone(transaction, expectation);
            var version = insert(transaction, publication);
            moveUnchangedDraft(transaction, before, publication);
            return version;
        });
    }

    /// Publishes a document if no version exists.
    ///
    /// @return the version in force afterwards
    public long publishFirst(Publication publication) {
        return sql.transactionResult(transaction -> {
            var before = checkAlone(transaction, Expectation.none());
            return before > 0 ? before : insert(transaction, publication);
        });
    }

    /// Takes the writers' lock and compares what is with what is expected.
    ///
    /// @return the version in force, 0 when there is none
    private static long checkAlone(Configuration transaction, Expectation expectation) {
        var tx = transaction.dsl();
        tx.execute("select pg_advisory_xact_lock({0})", DSL.val(WRITERS));
        var version = Optional.ofNullable(tx.select(max(POLICY_VERSIONS.VERSION))
                        .from(POLICY_VERSIONS)
                        .fetchSingle()
                        .value1())
                .orElse(0L);
        var revision = tx.select(POLICY_DRAFT.REVISION)
                .from(POLICY_DRAFT)
                .fetchOptional(POLICY_DRAFT.REVISION)
                .orElse(0L);
        expectation.check(Expectation.draftTag(revision), Expectation.versionTag(version));
        return version;
    }

    private static long insert(Configuration transaction, Publication publication) {
        var version = transaction
                .dsl()
                .insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, publication.document())
                .set(POLICY_VERSIONS.COMMENT, publication.comment())
                .set(POLICY_VERSIONS.AUTHOR, publication.author())
                .returningResult(POLICY_VERSIONS.VERSION)
                .fetchSingle()
                .value1();
        AdminEventStore.append(
                transaction,
                AdminEvent.of(publication.author(), publication.event())
                        .about("version " + version)
                        .with(publication.detail()));
        return version;
    }

    private static void moveUnchangedDraft(Configuration transaction, long before, Publication publication) {
        transaction
                .dsl()
                .update(POLICY_DRAFT)
                .set(POLICY_DRAFT.DOCUMENT, publication.document())
                .set(POLICY_DRAFT.AUTHOR, publication.author())
                .set(POLICY_DRAFT.REVISION, POLICY_DRAFT.REVISION.plus(1))
                .set(POLICY_DRAFT.UPDATED_AT, currentOffsetDateTime())
                .where(POLICY_DRAFT.DOCUMENT.ne(publication.document()))
                .and(POLICY_DRAFT.DOCUMENT.eq(DSL.select(POLICY_VERSIONS.DOCUMENT)
                        .from(POLICY_VERSIONS)
                        .where(POLICY_VERSIONS.VERSION.eq(before))))
                .execute();
    }
}
