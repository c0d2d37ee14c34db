package dev.portcullis.console.publication;

import dev.portcullis.console.policy.Consent;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.Publication;
import dev.portcullis.console.policy.PublicationOrder;

import java.util.List;

/// A proposal with what is proposed.
public record ProposedPolicy(Proposal proposal, String document, OwnRego own) {

    /// What would be published, if what it was written for is still in force.
    ///
    /// @param by who publishes it in the end
    public PublicationOrder order(Consent consent, String by) {
        return new PublicationOrder(
                publication(proposal.author()).with(consent).after(new Publication.Waited(proposal.id(), by)),
                List.of(Expectation.of(Expectation.versionTag(proposal.baseVersion()))));
    }

    /// With the consent that it has already.
    public PublicationOrder order(String by) {
        return order(
                proposal.approval()
                        .<Consent>map(approval -> new Consent.Approved(approval.approver(), approval.comment()))
                        .orElseGet(Consent.None::new),
                by);
    }

    /// The same document proposed anew, for another version.
    PublicationOrder again(String author, long base) {
        return new PublicationOrder(publication(author), List.of(Expectation.of(Expectation.versionTag(base))));
    }

    private Publication publication(String author) {
        var plain = proposal.restores()
                .map(version -> Publication.restoring(version, document, proposal.comment(), author))
                .orElseGet(() -> proposal.source()
                        .map(from -> Publication.from(from, document, proposal.comment(), author))
                        .orElseGet(() -> Publication.of(document, proposal.comment(), author)));
        return plain.with(own);
    }

    /// Why it cannot be published as it is.
    public String baseGone() {
        return "Version " + proposal.baseVersion() + ", for which " + proposal.name()
                + " was made, is not in force any more.";
    }
}
