package dev.portcullis.console.publication.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.publication.Proposal;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/// A proposal without what is proposed.
///
/// @param state `open`, `scheduled`, `published`, `rejected`, `withdrawn`, `cancelled`, or `refused` when it
///     could not
/// be
///     published at its time
/// @param baseVersion the version it was made for
/// @param at when it is to be published; absent for as soon as it may be
/// @param reason why it came to nothing
/// @param version what it became
/// @param lateSeconds how long after its time it was carried out
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProposalView(
        long id,
        String state,
        String comment,
        String author,
        long baseVersion,
        OffsetDateTime madeAt,
        Optional<OffsetDateTime> at,
        Optional<String> source,
        Optional<Long> restores,
        Optional<Long> replaces,
        Optional<String> approver,
        Optional<String> approvalComment,
        Optional<OffsetDateTime> approvedAt,
        Optional<String> endedBy,
        Optional<OffsetDateTime> endedAt,
        Optional<String> reason,
        Optional<Long> version,
        OptionalLong lateSeconds,
        boolean late) {

    static ProposalView of(Proposal proposal) {
        return new ProposalView(
                proposal.id(),
                proposal.state().wireName(),
                proposal.comment(),
                proposal.author(),
                proposal.baseVersion(),
                proposal.madeAt(),
                proposal.publishAt(),
                proposal.source(),
                proposal.restores(),
                proposal.replaces(),
                proposal.approval().map(Proposal.Approval::approver),
                proposal.approval().map(Proposal.Approval::comment),
                proposal.approval().map(Proposal.Approval::at),
                proposal.ending().map(Proposal.Ending::by),
                proposal.ending().map(Proposal.Ending::at),
                proposal.ending().flatMap(Proposal.Ending::reason),
                proposal.ending().flatMap(Proposal.Ending::version),
                proposal.ending().map(Proposal.Ending::lateSeconds).orElseGet(OptionalLong::empty),
                proposal.ending().filter(Proposal.Ending::late).isPresent());
    }
}
