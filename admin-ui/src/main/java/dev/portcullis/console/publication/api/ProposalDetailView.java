package dev.portcullis.console.publication.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.portcullis.console.publication.ProposalDetail;
import dev.portcullis.policy.document.DocumentDiff;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A proposal and what it changes.
///
/// @param baseInForce whether the version it was made for is still in force
/// @param document what is proposed
/// @param changes what differs in meaning from that version
/// @param modules what differs in the organization's own Rego
/// @param text the lines that differ: `- ` goes, `+ ` comes
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ProposalDetailView(
        @JsonUnwrapped ProposalView proposal,
        boolean baseInForce,
        String document,
        List<Change> changes,
        List<ProposalDetail.ModuleChange> modules,
        List<String> text) {

    /// @param kind `added`, `removed` or `changed`
    /// @param section `document`, `route`, `rule` or `tool`
    record Change(String kind, String section, String name, List<Field> fields) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Field(String key, Optional<String> before, Optional<String> after) {}

    static ProposalDetailView of(ProposalDetail detail) {
        return new ProposalDetailView(
                ProposalView.of(detail.proposal()),
                detail.baseInForce(),
                detail.proposed().document(),
                detail.changes().stream().map(ProposalDetailView::change).toList(),
                detail.modules(),
                detail.text());
    }

    private static Change change(DocumentDiff.Change change) {
        return new Change(
                change.kind().name().toLowerCase(Locale.ROOT),
                change.section().name().toLowerCase(Locale.ROOT),
                change.name(),
                change.fields().stream()
                        .map(field -> new Field(field.key(), field.before(), field.after()))
                        .toList());
    }
}
