package dev.portcullis.console.policy.store;

import static dev.portcullis.database.gateway.Tables.APPROVAL;
import static dev.portcullis.database.gateway.Tables.POLICY_DRAFT;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.max;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.policy.ApprovalNeededException;
import dev.portcullis.console.policy.Consent;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.Publication;
import dev.portcullis.database.gateway.tables.records.PolicyDraftRecord;
import dev.portcullis.policy.rego.CompiledRego;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
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

    /// Replaces the draft's document. A draft that begins with it has the modules in force.
    ///
    /// @return its new revision
    /// @throws dev.portcullis.console.policy.StalePolicyException when the expectation is not met
    public long saveDraft(String document, String author, Expectation expectation) {
        return sql.transactionResult(transaction -> {
            checkAlone(transaction, expectation);
            return saveDraft(transaction, document, author, AdminEvent.DRAFT_SAVED);
        });
    }

    private static long saveDraft(Configuration transaction, String document, String author, String event) {
        begin(transaction, version(transaction), author);
        var before = transaction
                .dsl()
                .select(POLICY_DRAFT.DOCUMENT)
                .from(POLICY_DRAFT)
                .fetchSingle()
                .value1();
        var revision = changed(transaction, author)
                .set(POLICY_DRAFT.DOCUMENT, document)
                .returningResult(POLICY_DRAFT.REVISION)
                .fetchSingle()
                .value1();
        AdminEventStore.append(transaction, DraftEvent.of(event, author, revision, "document", before, document));
        return revision;
    }

    /// Makes the draft what is in force, when something is.
    ///
    /// @throws dev.portcullis.console.policy.StalePolicyException when the expectation is not met
    public void discardDraft(PolicyVersion inForce, OwnRego own, String author, Expectation expectation) {
        sql.transaction(transaction -> {
            checkAlone(transaction, expectation);
            saveDraft(transaction, inForce.document(), author, AdminEvent.DRAFT_DISCARDED);
            saveDraftModules(transaction, own, author, AdminEvent.DRAFT_DISCARDED);
        });
    }

    /// Replaces the draft's modules. A draft that begins with them has the document in force.
    ///
    /// @return its new revision
    /// @throws dev.portcullis.console.policy.StalePolicyException when the expectation is not met
    public long saveDraftModules(OwnRego own, String author, Expectation expectation) {
        return sql.transactionResult(transaction -> {
            checkAlone(transaction, expectation);
            return saveDraftModules(transaction, own, author, AdminEvent.DRAFT_SAVED);
        });
    }

    private static long saveDraftModules(Configuration transaction, OwnRego own, String author, String event) {
        begin(transaction, version(transaction), author);
        var before = transaction
                .dsl()
                .select(POLICY_DRAFT.MODULES)
                .from(POLICY_DRAFT)
                .fetchSingle()
                .value1()
                .data();
        var modules = JSONB.valueOf(own.modulesAsJson());
        var revision = changed(transaction, author)
                .set(POLICY_DRAFT.MODULES, modules)
                .set(POLICY_DRAFT.COMPILED_MODULES, compiled(own))
                .returningResult(POLICY_DRAFT.REVISION)
                .fetchSingle()
                .value1();
        AdminEventStore.append(transaction, DraftEvent.of(event, author, revision, "modules", before, modules.data()));
        return revision;
    }

    /// Makes sure that there is a draft; a new one is what is in force.
    private static void begin(Configuration transaction, long version, String author) {
        var inForce = DSL.select(
                        POLICY_VERSIONS.DOCUMENT,
                        DSL.val(author),
                        DSL.val(0L),
                        POLICY_VERSIONS.MODULES,
                        POLICY_VERSIONS.COMPILED_MODULES)
                .from(POLICY_VERSIONS)
                .where(POLICY_VERSIONS.VERSION.eq(version))
                .unionAll(DSL.select(
                                DSL.val(""),
                                DSL.val(author),
                                DSL.val(0L),
                                DSL.val(JSONB.valueOf("[]")),
                                DSL.castNull(byte[].class))
                        .where(DSL.val(version).eq(0L)));
        transaction
                .dsl()
                .insertInto(
                        POLICY_DRAFT,
                        POLICY_DRAFT.DOCUMENT,
                        POLICY_DRAFT.AUTHOR,
                        POLICY_DRAFT.REVISION,
                        POLICY_DRAFT.MODULES,
                        POLICY_DRAFT.COMPILED_MODULES)
                .select(inForce)
                .onConflict(POLICY_DRAFT.SINGLETON)
                .doNothing()
                .execute();
    }

    private static UpdateSetMoreStep<PolicyDraftRecord> changed(Configuration transaction, String author) {
        return transaction
                .dsl()
                .update(POLICY_DRAFT)
                .set(POLICY_DRAFT.AUTHOR, author)
                .set(POLICY_DRAFT.REVISION, POLICY_DRAFT.REVISION.plus(1))
                .set(POLICY_DRAFT.UPDATED_AT, currentOffsetDateTime());
    }

    /// Publishes a document. A draft that held nothing new follows it; a draft with work in it is left
    /// alone.
    ///
    /// @return the new version
    /// @param expectations all of which have to be met
    /// @throws dev.portcullis.console.policy.StalePolicyException when one is not
    public long publish(Publication publication, Expectation... expectations) {
        return sql.transactionResult(transaction -> publish(transaction, publication, expectations));
    }

    /// The same in a transaction of somebody else, after which nothing else may take the writers' lock.
    public static long publish(Configuration transaction, Publication publication, Expectation... expectations) {
        var before = checkAlone(transaction, expectations);
        checkConsent(transaction, publication.consent());
        var version = insert(transaction, before, publication);
        moveUnchangedDraft(transaction, before, version, publication.author());
        return version;
    }

    /// Under the writers' lock, so that what is published at the moment at which approval is switched on waits.
    private static void checkConsent(Configuration transaction, Consent consent) {
        var needed = switch (consent) {
            case Consent.None _ -> true;
            case Consent.Repository _, Consent.Approved _ -> false;
        };
        if (needed && transaction.dsl().fetchExists(APPROVAL, APPROVAL.REQUIRED.isTrue())) {
            throw new ApprovalNeededException();
        }
    }

    /// Publishes a document if no version exists.
    ///
    /// @return the version in force afterwards
    public long publishFirst(Publication publication) {
        return sql.transactionResult(transaction -> {
            var before = checkAlone(transaction);
            return before > 0 ? before : insert(transaction, before, publication);
        });
    }

    /// Takes the writers' lock and compares what is with what is expected.
    ///
    /// @return the version in force, 0 when there is none
    public static long checkAlone(Configuration transaction, Expectation... expectations) {
        var tx = transaction.dsl();
        tx.execute("select pg_advisory_xact_lock({0})", DSL.val(WRITERS));
        var version = version(transaction);
        var revision = tx.select(POLICY_DRAFT.REVISION)
                .from(POLICY_DRAFT)
                .fetchOptional(POLICY_DRAFT.REVISION)
                .orElse(0L);
        for (var expectation : expectations) {
            expectation.check(Expectation.draftTag(revision), Expectation.versionTag(version));
        }
        return version;
    }

    private static long version(Configuration transaction) {
        return Optional.ofNullable(transaction
                        .dsl()
                        .select(max(POLICY_VERSIONS.VERSION))
                        .from(POLICY_VERSIONS)
                        .fetchSingle()
                        .value1())
                .orElse(0L);
    }

    private static long insert(Configuration transaction, long before, Publication publication) {
        var own = publication.own().orElseGet(() -> inForce(transaction, before));
        var version = transaction
                .dsl()
                .insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, publication.document())
                .set(POLICY_VERSIONS.COMMENT, publication.comment())
                .set(POLICY_VERSIONS.AUTHOR, publication.author())
                .set(POLICY_VERSIONS.SOURCE, publication.source().orElse(null))
                .set(POLICY_VERSIONS.MODULES, JSONB.valueOf(own.modulesAsJson()))
                .set(POLICY_VERSIONS.COMPILED_MODULES, compiled(own))
                .set(
                        POLICY_VERSIONS.APPROVER,
                        approval(publication).map(Consent.Approved::approver).orElse(null))
                .set(
                        POLICY_VERSIONS.APPROVAL_COMMENT,
                        approval(publication).map(Consent.Approved::comment).orElse(null))
                .set(
                        POLICY_VERSIONS.PROPOSAL,
                        publication.waited().map(Publication.Waited::proposal).orElse(null))
                .returningResult(POLICY_VERSIONS.VERSION)
                .fetchSingle()
                .value1();
        AcceptedDefinitions.mark(transaction, document(transaction, before), publication.document());
        AdminEventStore.append(
                transaction,
                AdminEvent.of(publication.actor(), publication.event())
                        .about("version " + version)
                        .with(publication.recorded()));
        return version;
    }

    private static String document(Configuration transaction, long version) {
        return transaction
                .dsl()
                .select(POLICY_VERSIONS.DOCUMENT)
                .from(POLICY_VERSIONS)
                .where(POLICY_VERSIONS.VERSION.eq(version))
                .fetchOptional(POLICY_VERSIONS.DOCUMENT)
                .orElse("");
    }

    private static Optional<Consent.Approved> approval(Publication publication) {
        return publication.consent() instanceof Consent.Approved approved ? Optional.of(approved) : Optional.empty();
    }

    private static OwnRego inForce(Configuration transaction, long version) {
        return transaction
                .dsl()
                .select(POLICY_VERSIONS.MODULES, POLICY_VERSIONS.COMPILED_MODULES)
                .from(POLICY_VERSIONS)
                .where(POLICY_VERSIONS.VERSION.eq(version))
                .fetchOptional(found -> OwnRego.read(found.value1().data(), Optional.ofNullable(found.value2())))
                .orElseGet(OwnRego::none);
    }

    private static void moveUnchangedDraft(Configuration transaction, long before, long version, String author) {
        var old = POLICY_VERSIONS.as("old");
        var current = POLICY_VERSIONS.as("current");
        changed(transaction, author)
                .set(POLICY_DRAFT.DOCUMENT, current.DOCUMENT)
                .set(POLICY_DRAFT.MODULES, current.MODULES)
                .set(POLICY_DRAFT.COMPILED_MODULES, current.COMPILED_MODULES)
                .from(old, current)
                .where(old.VERSION.eq(before))
                .and(current.VERSION.eq(version))
                .and(POLICY_DRAFT.DOCUMENT.eq(old.DOCUMENT))
                .and(POLICY_DRAFT.MODULES.eq(old.MODULES))
                .and(POLICY_DRAFT.DOCUMENT.ne(current.DOCUMENT).or(POLICY_DRAFT.MODULES.ne(current.MODULES)))
                .execute();
    }

    private static byte @Nullable [] compiled(OwnRego own) {
        return own.compiled().map(CompiledRego::wasm).orElse(null);
    }
}
