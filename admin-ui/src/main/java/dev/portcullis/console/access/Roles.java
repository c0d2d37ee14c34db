package dev.portcullis.console.access;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The roles of people and tokens, as the database, the configuration and the annotations of services spell them.
///
/// What a role implies is said here and nowhere else: [#authorities] is what whoever has signed in or shown a token
/// has, so services name the least role that will do.
public final class Roles {
    /// Sees every screen, but neither what callers have sent nor what admins have done; changes nothing.
    public static final String VIEWER = "VIEWER";

    /// Sees more than a viewer: what callers have sent, when they say why, and what admins have done. Takes records
    /// away as exports and evidence.
    public static final String AUDITOR = "AUDITOR";

    /// Works on the policy: drafts, tests, reviews of tools, publication; where a second person is wanted,
    /// proposals.
    public static final String EDITOR = "EDITOR";

    /// Approves what somebody else has proposed.
    public static final String APPROVER = "APPROVER";

    /// Does everything that people do, kills, keys, credentials, settings and people besides; but does not see what
    /// callers have sent.
    public static final String ADMIN = "ADMIN";

    /// Fetches the bundles of the policy and nothing else; for OPA servers.
    public static final String BUNDLES = "BUNDLES";

    /// Reads the policy and publishes documents: the pipeline of a repository.
    public static final String PUBLISHER = "PUBLISHER";

    /// Those that a person may have, the least first.
    public static final List<String> OF_PEOPLE = List.of(VIEWER, AUDITOR, EDITOR, APPROVER, ADMIN);

    /// All of them.
    public static final Set<String> ALL = Set.of(VIEWER, AUDITOR, EDITOR, APPROVER, ADMIN, BUNDLES, PUBLISHER);

    private static final String PREFIX = "ROLE_";

    private static final RoleHierarchy IMPLIED = RoleHierarchyImpl.withDefaultRolePrefix()
            .role(ADMIN)
            .implies(EDITOR, APPROVER)
            .role(AUDITOR)
            .implies(VIEWER)
            .role(EDITOR)
            .implies(VIEWER)
            .role(APPROVER)
            .implies(VIEWER)
            .build();

    private Roles() {}

    /// What these roles and all that they imply are to Spring Security.
    public static Collection<? extends GrantedAuthority> authorities(Collection<String> roles) {
        var own = AuthorityUtils.createAuthorityList(
                roles.stream().map(Roles::authority).toList());
        return List.copyOf(IMPLIED.getReachableGrantedAuthorities(own));
    }

    /// How Spring Security spells a role.
    static String authority(String role) {
        return PREFIX + role;
    }
}
