package dev.portcullis.console.publication;

import dev.portcullis.policy.document.DocumentDiff;

import java.util.List;
import java.util.Optional;

/// A proposal beside what it was made for.
///
/// @param base the document of the version that it was made for; empty when there was none
/// @param baseInForce whether that version is still in force: only then can it be published
/// @param changes what differs in meaning; empty when one of the two documents cannot be read any more
/// @param modules what differs in the organization's own Rego
/// @param text what differs in the text, line by line
public record ProposalDetail(
        ProposedPolicy proposed,
        Optional<String> base,
        boolean baseInForce,
        List<DocumentDiff.Change> changes,
        List<ModuleChange> modules,
        List<String> text) {
    public ProposalDetail {
        changes = List.copyOf(changes);
        modules = List.copyOf(modules);
        text = List.copyOf(text);
    }

    public Proposal proposal() {
        return proposed.proposal();
    }

    /// A module that is not what it was.
    ///
    /// @param kind `added`, `removed` or `changed`
    /// @param text what differs, line by line
    public record ModuleChange(String path, String kind, List<String> text) {
        public ModuleChange {
            text = List.copyOf(text);
        }
    }
}
