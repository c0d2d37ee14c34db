package dev.portcullis.console.publication;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.publication.query.RightsQuery;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Tells whether those who answer for a publication still may when its time has come: whoever is locked, or whose token
/// is revoked, is not to go on changing what is in force.
///
/// Of people of an identity provider nobody knows it here.
@Component
class Rights {
    private static final String TOKEN = "token:";
    private static final String PROVIDER = "sso:";
    private static final Set<String> PUBLISH = Set.of(Roles.EDITOR, Roles.ADMIN, Roles.PUBLISHER);
    private static final Set<String> APPROVE = Set.of(Roles.APPROVER, Roles.ADMIN);

    private final RightsQuery query;

    Rights(RightsQuery query) {
        this.query = query;
    }

    /// @throws AccessDeniedException with a sentence about whoever may not
    void check(Proposal proposal) {
        check(proposal.author(), PUBLISH, "publish");
        proposal.approval().ifPresent(approval -> check(approval.approver(), APPROVE, "approve"));
    }

    private void check(String actor, Collection<String> oneOf, String verb) {
        if (!actor.startsWith(PROVIDER) && roles(actor).stream().noneMatch(oneOf::contains)) {
            throw new AccessDeniedException(actor + " may not " + verb + " any more.");
        }
    }

    private List<String> roles(String actor) {
        return actor.startsWith(TOKEN) ? query.ofToken(actor.substring(TOKEN.length())) : query.ofPerson(actor);
    }
}
