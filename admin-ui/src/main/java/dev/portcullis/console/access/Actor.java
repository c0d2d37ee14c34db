package dev.portcullis.console.access;

import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.stereotype.Component;

import java.util.Objects;

/// Who is acting in this request, as records name them.
@Component
public class Actor {
    private final SecurityContextHolderStrategy contexts;

    Actor(SecurityContextHolderStrategy contexts) {
        this.contexts = contexts;
    }

    /// A username, or `token:<name>`.
    ///
    /// @throws IllegalStateException when nobody is signed in
    public String name() {
        var authentication = contexts.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) {
            throw new IllegalStateException("nobody is signed in");
        }
        return Objects.requireNonNull(authentication.getName());
    }

    /// The token that was shown in this request.
    ///
    /// @throws IllegalStateException when there is none, as with people who are signed in
    public TokenHolder token() {
        var authentication = contexts.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof TokenHolder holder) {
            return holder;
        }
        throw new IllegalStateException("no token was shown");
    }

    /// Whether they may engage kills, and change keys, credentials, settings and people.
    public boolean isAdmin() {
        return has(Roles.ADMIN);
    }

    /// Whether they may work on the policy.
    public boolean isEditor() {
        return has(Roles.EDITOR);
    }

    /// Whether they may approve what others propose.
    public boolean isApprover() {
        return has(Roles.APPROVER);
    }

    /// Whether they may see what callers have sent.
    public boolean isAuditor() {
        return has(Roles.AUDITOR);
    }

    /// Whether it is the pipeline of a repository.
    public boolean isPublisher() {
        return has(Roles.PUBLISHER);
    }

    /// Work for another thread, which does it as who is acting here.
    public Runnable carry(Runnable work) {
        var carried = new DelegatingSecurityContextRunnable(work, contexts.getContext());
        carried.setSecurityContextHolderStrategy(contexts);
        return carried;
    }

    private boolean has(String role) {
        var authentication = contexts.getContext().getAuthentication();
        return authentication != null
                && authentication.getAuthorities().stream()
                        .anyMatch(authority -> Roles.authority(role).equals(authority.getAuthority()));
    }
}
