package dev.portcullis.console.publication;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.Publisher;
import dev.portcullis.console.policy.Submitted;
import dev.portcullis.console.publication.query.ApprovalQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.OffsetDateTime;
import java.util.Optional;

/// Publishes a policy, now or at a time; where a second person has to approve it, makes a proposal instead.
///
/// Every method throws what [dev.portcullis.console.policy.Submitter] does, and a
/// [dev.portcullis.console.policy.PolicyOwnedElsewhereException] when a repository owns the document.
@Service
public class PublicationService {
    private final Publisher publisher;
    private final Submissions submissions;
    private final ApprovalQuery approval;

    PublicationService(Publisher publisher, Submissions submissions, ApprovalQuery approval) {
        this.publisher = publisher;
        this.submissions = submissions;
        this.approval = approval;
    }

    /// Whether what is published now becomes a proposal.
    @RolesAllowed(Roles.VIEWER)
    public boolean needsApproval() {
        return approval.setting().required();
    }

    /// The draft with its modules.
    @RolesAllowed(Roles.EDITOR)
    public Submitted publishDraft(String comment, String author, Optional<OffsetDateTime> at, Expectation expectation) {
        return submissions.submit(publisher.draft(comment, author, expectation), at);
    }

    /// A document that came along, whatever the draft says. That of a repository that owns the policy was reviewed
    /// there: it needs no approval here.
    ///
    /// @param source what the document is called where it has its home; required when that is a repository
    /// @param isPublisher whether whoever publishes has the role of a repository's pipeline
    /// @throws IllegalArgumentException when there is no source and there must be one
    @RolesAllowed({Roles.EDITOR, Roles.PUBLISHER})
    public Submitted publishFrom(
            Optional<String> source,
            String document,
            String comment,
            String author,
            boolean isPublisher,
            Expectation expectation) {
        return submissions.submit(
                publisher.from(source, document, comment, author, isPublisher, expectation), Optional.empty());
    }

    /// The document and modules of an earlier version; empty when there is none.
    @RolesAllowed(Roles.EDITOR)
    public Optional<Submitted> restore(
            long version, String author, Optional<OffsetDateTime> at, Expectation expectation) {
        return publisher.restored(version, author, expectation).map(order -> submissions.submit(order, at));
    }
}
