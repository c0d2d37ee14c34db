package dev.portcullis.console.publication;

import dev.portcullis.console.publication.query.ProposalQuery;
import org.springframework.stereotype.Component;

import java.util.Optional;

/// Tells whether two who act are two people: behind a token is the person who made it, through however many tokens.
@Component
class Persons {
    private static final String TOKEN = "token:";

    private final ProposalQuery query;

    Persons(ProposalQuery query) {
        this.query = query;
    }

    /// The person who acts; empty when nobody knows, as with the token of the first start.
    Optional<String> behind(String actor) {
        return actor.startsWith(TOKEN) ? query.maker(actor.substring(TOKEN.length())) : Optional.of(actor);
    }

    /// The person who acts, or the token when that is all that is known.
    String asFarAsKnown(String actor) {
        return behind(actor).orElse(actor);
    }

    /// @throws NotASecondPersonException unless this is somebody else than the author
    void checkSecond(Proposal proposal, String actor) {
        var person = behind(actor).orElseThrow(() -> NotASecondPersonException.unknown(actor));
        if (person.equals(proposal.authorPerson()) || actor.equals(proposal.author())) {
            throw NotASecondPersonException.author(proposal);
        }
    }
}
