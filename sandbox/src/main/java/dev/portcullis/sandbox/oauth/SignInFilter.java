package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/// Stands before the sandbox: answers what belongs to signing in, and lets requests to MCP endpoints pass
/// when they show a good token. Remembers in bounds, and logs nothing. Thread-safe.
public final class SignInFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient SandboxOAuth options;
    private final transient Tenants tenants;
    private final transient AuthorizationServer server;
    private final transient Guard guard;

    public SignInFilter(SandboxOAuth options, Clock clock) {
        var tokens = new AccessTokens(clock, options.faults());
        this.options = options;
        this.tenants = new Tenants(clock, options.faults());
        this.server = new AuthorizationServer(options, tokens);
        this.guard = new Guard(tokens, options.faults());
    }

    /// Signs everybody out: the tokens there are get a 401 from now on.
    public void revokeAll() {
        tenants.revokeAll();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var answer = answer(request).map(one -> options.faults().has(Fault.HTML_ERRORS) ? one.asPage() : one);
        if (answer.isPresent()) {
            answer.get().write(response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /// Nothing when the request may pass.
    private Optional<Answer> answer(HttpServletRequest request) throws IOException {
        var place = Published.at(request.getRequestURI());
        if (place.isPresent()) {
            var name = place.get().name();
            var tenant = tenants.named(name);
            return Optional.of(
                    tenant.isEmpty()
                            ? tooManyNames()
                            : server.answer(place.get().what(), request, site(name, request), tenant.get()));
        }
        var endpoint = PathTemplate.ENDPOINT.name(request.getRequestURI());
        if (endpoint.isEmpty() || request.getMethod().equals("OPTIONS")) {
            return Optional.empty();
        }
        var name = endpoint.get();
        var tenant = tenants.named(name);
        return tenant.isEmpty()
                ? Optional.of(tooManyNames())
                : guard.refuse(request, site(name, request), tenant.get());
    }

    private static Answer tooManyNames() {
        return Answer.error(OAuth2Error.INVALID_REQUEST
                .setDescription("This sandbox serves %d names at most".formatted(Tenants.CAPACITY))
                .setHTTPStatusCode(404));
    }

    /// Where the sandbox is follows from the options, or from the socket that the request came to; never
    /// from what the request says.
    private Site site(String name, HttpServletRequest request) {
        var base = options.publicUrl().map(URI::toString).orElseGet(() -> local(request));
        return new Site(base, name, options.faults().has(Fault.ISSUER_MISMATCH));
    }

    private static String local(HttpServletRequest request) {
        var host = request.getLocalAddr();
        return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, request.getLocalPort());
    }
}
