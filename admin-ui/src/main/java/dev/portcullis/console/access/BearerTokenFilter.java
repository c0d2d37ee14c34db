package dev.portcullis.console.access;

import dev.portcullis.console.access.query.AdminTokenQuery;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.Optional;

/// Turns `Authorization: Bearer pca_…` into an authenticated caller. A request without a valid token
/// goes on unauthenticated, and is refused where authentication is required; that somebody has shown one is recorded.
final class BearerTokenFilter extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final AdminTokenQuery tokens;
    private final FailedTokens failed;
    private final SecurityContextHolderStrategy contexts;

    BearerTokenFilter(AdminTokenQuery tokens, FailedTokens failed, SecurityContextHolderStrategy contexts) {
        this.tokens = tokens;
        this.failed = failed;
        this.contexts = contexts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        token(request)
                .ifPresent(token -> tokens.holder(token)
                        .ifPresentOrElse(this::authenticate, () -> failed.note(token, request.getRemoteAddr())));
        try {
            chain.doFilter(request, response);
        } finally {
            contexts.clearContext();
        }
    }

    private static Optional<AdminToken> token(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> new AdminToken(value.substring(SCHEME.length()).trim()));
    }

    private void authenticate(TokenHolder holder) {
        var context = contexts.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(holder, null, Roles.authorities(holder.roles())));
        contexts.setContext(context);
    }
}
