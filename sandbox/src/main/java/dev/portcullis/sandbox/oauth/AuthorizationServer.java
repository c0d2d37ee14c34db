package dev.portcullis.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;
import java.util.function.Supplier;

/// Answers to everything that is published; pages in browsers may ask too. Thread-safe.
record AuthorizationServer(SandboxOAuth options, AccessTokens tokens) {

    Answer answer(Published what, HttpServletRequest request, Site site, Tenant tenant) throws IOException {
        return answerTo(what, request, site, tenant).with("Access-Control-Allow-Origin", "*");
    }

    private Answer answerTo(Published what, HttpServletRequest request, Site site, Tenant tenant) throws IOException {
        if (request.getMethod().equals("OPTIONS")) {
            return Answer.empty(204)
                    .with("Access-Control-Allow-Methods", what.method())
                    .with("Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version");
        }
        if (!request.getMethod().equals(what.method())) {
            return Answer.empty(405).with("Allow", what.method());
        }
        var received = Received.read(request);
        return received.isEmpty() ? Answer.empty(413) : answerTo(what, received.get(), site, tenant);
    }

    private Answer answerTo(Published what, Received received, Site site, Tenant tenant) {
        return switch (what) {
            case RESOURCE_METADATA -> Answer.json(200, Documents.resource(site));
            case SERVER_METADATA -> Answer.json(200, Documents.server(site));
            case KEYS -> Answer.json(200, tokens.keys());
            case REGISTER -> new Registration(options.faults()).answer(received.message(), tenant);
            case AUTHORIZE -> new Authorization(options).answer(received.query(), site, tenant);
            case TOKEN -> late(() -> new TokenEndpoint(options, tokens).answer(received.message(), site, tenant));
            case REVOKE -> new Revocation(tokens).answer(received.message(), tenant);
            case PORT_TOKEN -> late(() -> new PortTokenEndpoint(options, tokens).answer(received.body(), site, tenant));
        };
    }

    private Answer late(Supplier<Answer> answer) {
        try {
            Thread.sleep(options.faults().number(Fault.SLOW_TOKEN, 0));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        return answer.get();
    }
}
