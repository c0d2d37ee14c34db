package dev.portcullis.console.publication.ui;

import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.publication.Proposal;

/// How screens say where a proposal stands.
final class ProposalStates {
    private ProposalStates() {}

    static Chip chip(Proposal proposal) {
        return switch (proposal.state()) {
            case OPEN -> new Chip("needs approval", Tone.REFUSED);
            case SCHEDULED -> new Chip("scheduled", Tone.QUIET);
            case PUBLISHED -> new Chip("published", Tone.GOOD);
            case REJECTED -> new Chip("rejected", Tone.QUIET);
            case WITHDRAWN -> new Chip("withdrawn", Tone.QUIET);
            case CANCELLED -> new Chip("cancelled", Tone.QUIET);
            case REFUSED -> new Chip("could not be published", Tone.BAD);
        };
    }

    /// Who proposed it, when, and what came of it.
    static String line(Proposal proposal) {
        return proposal.author() + " · " + Moments.toTheSecond(proposal.madeAt()) + time(proposal) + outcome(proposal);
    }

    private static String time(Proposal proposal) {
        return proposal.publishAt()
                .map(at -> " · for " + Moments.toTheSecond(at))
                .orElse("");
    }

    /// Empty for one that waits.
    static String outcome(Proposal proposal) {
        return proposal.ending()
                .map(ending -> " · "
                        + ending.version().map(version -> "version " + version).orElse("ended") + " by " + ending.by()
                        + ", " + Moments.toTheSecond(ending.at())
                        + (ending.late() ? ", " + late(ending.lateSeconds().orElse(0)) + " late" : "")
                        + ending.reason().map(reason -> ": " + reason).orElse(""))
                .orElse("");
    }

    private static String late(long seconds) {
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }
}
