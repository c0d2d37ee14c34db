package dev.portcullis.console.policy;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.policy.query.KnownNamesQuery;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.console.policy.store.PolicyStore;
import dev.portcullis.policy.document.ReadResult;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Draft, publication, history and restore. A published version is in force at every proxy within a second. When a
/// repository owns the document, it is published from there and written by nobody else: every other write throws a
/// [PolicyOwnedElsewhereException]. What publishes here is not for waiting: where a second person has to approve, it
/// throws an [ApprovalNeededException].
@Service
public class PolicyService {
    private final PolicyQuery query;
    private final PolicyStore store;
    private final ModuleCheck modules;
    private final Publisher publisher;
    private final KnownNamesQuery known;
    private final ReadDocuments documents;
    private final EvaluationTurns turns;
    private final PolicyOwner owner;

    PolicyService(
            PolicyQuery query,
            PolicyStore store,
            ModuleCheck modules,
            Publisher publisher,
            KnownNamesQuery known,
            ReadDocuments documents,
            EvaluationTurns turns,
            ConsoleSettings settings) {
        this.query = query;
        this.known = known;
        this.documents = documents;
        this.store = store;
        this.modules = modules;
        this.publisher = publisher;
        this.turns = turns;
        this.owner = settings.policyOwner();
    }

    /// Where the document has its home.
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    public PolicyOwner owner() {
        return owner;
    }

    /// The version in force; empty only on an installation that never had one.
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    public Optional<PolicyVersion> published() {
        return query.published();
    }

    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    public Optional<PolicyVersion> version(long version) {
        return query.version(version);
    }

    /// Versions below `before`, newest first.
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    public List<PolicyVersion> history(OptionalLong before, int limit) {
        return query.history(before, limit);
    }

    /// The document under work. When nobody has begun one, it is the published document, at revision 0.
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    public PolicyDraft draft() {
        return query.draft()
                .orElseGet(() -> new PolicyDraft(
                        query.published().map(PolicyVersion::document).orElse(""), 0, Optional.empty()));
    }

    /// Everything that is wrong or doubtful in a document, by the names this installation has met.
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    public ReadResult validate(String document) {
        return documents.read(document, known.names());
    }

    /// The organization's own Rego that is in force.
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    public OwnRego publishedModules() {
        return query.publishedModules();
    }

    /// The organization's own Rego of a version; empty when there is no such version.
    @RolesAllowed(Roles.VIEWER)
    public Optional<OwnRego> modules(long version) {
        return query.modules(version);
    }

    /// The organization's own Rego under work.
    @RolesAllowed(Roles.VIEWER)
    public OwnRego draftModules() {
        return query.draftModules().orElseGet(query::publishedModules);
    }

    /// Compiles modules with the document they are to go with, and runs their tests: a process and seconds of a
    /// processor for whoever asks, so few are served at once.
    ///
    /// @return how many tests passed
    /// @throws InvalidPolicyException when the document is not valid
    /// @throws InvalidModulesException with everything that is wrong with the modules
    /// @throws dev.portcullis.console.api.BusyException when too many others ask
    @RolesAllowed({Roles.EDITOR, Roles.AUDITOR})
    public int validate(String document, OwnRego own) {
        var valid = Publisher.valid(document);
        return own.isEmpty() ? 0 : turns.take(() -> modules.check(valid, own).tests());
    }

    /// Keeps modules under work, beside the document under work; only their number, names and sizes are
    /// looked at.
    ///
    /// @throws InvalidModulesException when those are wrong
    /// @throws StalePolicyException when the expectation is not met
    @RolesAllowed(Roles.EDITOR)
    public PolicyDraft saveDraftModules(OwnRego own, String author, Expectation expectation) {
        var problems = own.modules().problems();
        if (!problems.isEmpty()) {
            throw InvalidModulesException.of(problems);
        }
        publisher.refuseWhenOwnedElsewhere();
        store.saveDraftModules(own, author, expectation);
        return draft();
    }

    /// Makes the draft what is in force.
    ///
    /// @throws StalePolicyException when the expectation is not met
    @RolesAllowed(Roles.EDITOR)
    public PolicyDraft discardDraft(String author, Expectation expectation) {
        publisher.refuseWhenOwnedElsewhere();
        published().ifPresent(version -> store.discardDraft(version, query.publishedModules(), author, expectation));
        return draft();
    }

    /// Keeps work in progress; it need not be valid yet.
    ///
    /// @throws StalePolicyException when the expectation is not met
    @RolesAllowed(Roles.EDITOR)
    public PolicyDraft saveDraft(String document, String author, Expectation expectation) {
        publisher.refuseWhenOwnedElsewhere();
        store.saveDraft(document, author, expectation);
        return draft();
    }

    /// Publishes a document whatever the draft says.
    ///
    /// @throws InvalidPolicyException with its problems when it is not valid
    @RolesAllowed(Roles.EDITOR)
    public long publish(String document, String comment, String author) {
        return publish(document, comment, author, Expectation.none());
    }

    /// Publishes a document if nobody else has changed the policy.
    ///
    /// @throws InvalidPolicyException with its problems when it is not valid
    /// @throws StalePolicyException when the expectation is not met
    @RolesAllowed(Roles.EDITOR)
    public long publish(String document, String comment, String author, Expectation expectation) {
        return publisher.publish(publisher.document(document, comment, author, expectation));
    }

    /// Publishes a document for a program, which need not be an admin's.
    ///
    /// @param source what the document is called where it has its home; required when that is a
    ///     repository
    /// @param isPublisher whether whoever publishes has the role of a repository's pipeline
    /// @throws InvalidPolicyException with its problems when it is not valid
    /// @throws StalePolicyException when the expectation is not met
    /// @throws IllegalArgumentException when there is no source and there must be one
    @RolesAllowed({Roles.EDITOR, Roles.PUBLISHER})
    public long publishFrom(
            Optional<String> source,
            String document,
            String comment,
            String author,
            boolean isPublisher,
            Expectation expectation) {
        return publisher.publish(publisher.from(source, document, comment, author, isPublisher, expectation));
    }

    /// Publishes the draft.
    ///
    /// @throws InvalidPolicyException with its problems when it is not valid
    /// @throws InvalidModulesException with their problems when the modules cannot be used
    /// @throws StalePolicyException when the expectation is not met, or somebody writes at the same
    ///     moment
    @RolesAllowed(Roles.EDITOR)
    public long publishDraft(String comment, String author, Expectation expectation) {
        return publisher.publish(publisher.draft(comment, author, expectation));
    }

    /// Publishes the document of an earlier version again.
    ///
    /// @return the new version, or empty when there is no such earlier one
    /// @throws InvalidPolicyException when the document is no longer valid, for instance after an
    ///     upgrade
    @RolesAllowed(Roles.EDITOR)
    public OptionalLong restore(long version, String author, Expectation expectation) {
        return publisher.restored(version, author, expectation).stream()
                .mapToLong(publisher::publish)
                .findFirst();
    }
}
