package dev.portcullis.sandbox;

import dev.portcullis.sandbox.oauth.PathTemplate;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/// Finds the instance that a path names: `/v1`, or `/<name>/v1`. Everything else is a 404 in JSON.
final class SandboxServlet extends HttpServlet {

    static final String ENDPOINT = "/v1";

    private final transient SandboxInstances instances;

    SandboxServlet(SandboxInstances instances) {
        this.instances = instances;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var name = PathTemplate.ENDPOINT.name(request.getRequestURI());
        if (name.isEmpty()) {
            refuse(response, "No MCP endpoint here. Use /v1, or /<name>/v1 for a catalogue of your own.");
            return;
        }
        var instance = instances.named(name.get());
        if (instance.isEmpty()) {
            refuse(response, "This sandbox serves %d names at most.".formatted(SandboxInstances.CAPACITY));
            return;
        }
        instance.get().service(request, response);
    }

    private static void refuse(HttpServletResponse response, String message) throws IOException {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write("{\"error\":\"not found\",\"message\":\"" + message + "\"}");
    }
}
