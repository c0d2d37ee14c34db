package dev.portcullis.sandbox;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.regex.Pattern;

/// Finds the instance that a path names: `/v1`, or `/<name>/v1`. Everything else is a 404 in JSON.
final class SandboxServlet extends HttpServlet {

    static final String ENDPOINT = "/v1";

    private static final Pattern PATH = Pattern.compile("(?:/([a-z0-9][a-z0-9-]{0,62}))?" + ENDPOINT);

    private final transient SandboxInstances instances;

    SandboxServlet(SandboxInstances instances) {
        this.instances = instances;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var path = PATH.matcher(request.getRequestURI());
        if (!path.matches()) {
            refuse(response, "No MCP endpoint here. Use /v1, or /<name>/v1 for a catalogue of your own.");
            return;
        }
        var instance = instances.named(path.group(1) == null ? "" : path.group(1));
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
