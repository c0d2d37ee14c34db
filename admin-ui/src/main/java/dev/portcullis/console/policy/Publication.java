package dev.portcullis.console.policy;

import dev.portcullis.console.events.AdminEvent;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A document about to be published.
///
/// @param document its text, already found valid
/// @param own the organization's own Rego that goes with it, compiled; empty to keep what is in force
/// @param source what it is called where the document has its home, for instance a commit
/// @param restores the earlier version whose document it is
/// @param consent who else has agreed
/// @param waited the proposal that it was until now
/// @param event what admin event it is recorded as
public record Publication(
        String document,
        Optional<OwnRego> own,
        String comment,
        String author,
        Optional<String> source,
        Optional<Long> restores,
        Consent consent,
        Optional<Waited> waited,
        String event,
        Map<String, String> detail) {
    public Publication {
        detail = Map.copyOf(detail);
    }

    /// What a publication was before.
    ///
    /// @param carriedOutBy who publishes it in the end
    public record Waited(long proposal, String carriedOutBy) {}

    public static Publication of(String document, String comment, String author) {
        return new Publication(
                document,
                Optional.empty(),
                comment,
                author,
                Optional.empty(),
                Optional.empty(),
                new Consent.None(),
                Optional.empty(),
                AdminEvent.POLICY_PUBLISHED,
                Map.of("comment", comment));
    }

    /// A document that comes from where it has its home.
    public static Publication from(String source, String document, String comment, String author) {
        return new Publication(
                document,
                Optional.empty(),
                comment,
                author,
                Optional.of(source),
                Optional.empty(),
                new Consent.None(),
                Optional.empty(),
                AdminEvent.POLICY_PUBLISHED,
                Map.of("comment", comment, "source", source));
    }

    public static Publication restoring(PolicyVersion version, String author) {
        return restoring(version.version(), version.document(), "Restored version " + version.version(), author);
    }

    public static Publication restoring(long version, String document, String comment, String author) {
        return new Publication(
                document,
                Optional.empty(),
                comment,
                author,
                Optional.empty(),
                Optional.of(version),
                new Consent.None(),
                Optional.empty(),
                AdminEvent.POLICY_RESTORED,
                Map.of("restored", Long.toString(version)));
    }

    /// The same with these modules.
    public Publication with(OwnRego modules) {
        return new Publication(
                document, Optional.of(modules), comment, author, source, restores, consent, waited, event, detail);
    }

    /// The same with somebody's consent.
    public Publication with(Consent given) {
        return new Publication(document, own, comment, author, source, restores, given, waited, event, detail);
    }

    /// The same after it has waited.
    public Publication after(Waited proposal) {
        return new Publication(
                document, own, comment, author, source, restores, consent, Optional.of(proposal), event, detail);
    }

    /// Who publishes it: its author, unless it has waited for somebody else.
    public String actor() {
        return waited.map(Waited::carriedOutBy).orElse(author);
    }

    /// All that is recorded of it.
    public Map<String, String> recorded() {
        var all = new TreeMap<>(detail);
        waited.ifPresent(proposal -> {
            all.put("proposal", Long.toString(proposal.proposal()));
            all.put("author", author);
        });
        if (consent instanceof Consent.Approved(var approver, var words)) {
            all.put("approver", approver);
            all.put("approvalComment", words);
        }
        return all;
    }
}
