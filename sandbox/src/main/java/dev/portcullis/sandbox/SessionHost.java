package dev.portcullis.sandbox;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.tools.ControlHeaders;
import dev.portcullis.sandbox.tools.PromptBook;
import dev.portcullis.sandbox.tools.ToolBox;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The SDK's server and transport with the sessions of their clients, on top of a catalogue.
///
/// The control headers are read from every request, so that one session may change them at any time;
/// the tools a request sees and may call follow its own headers. Thread-safe. It has no thread of its
/// own: requests run on the container's.
final class SessionHost implements AutoCloseable {

    private static final int LARGEST_REQUEST = 4 * 1024 * 1024;

    private final HttpServletStreamableServerTransportProvider transport;
    private final McpSyncServer server;

    SessionHost(Catalogue catalogue) {
        var tools = new ToolBox(catalogue);
        this.transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint(SandboxServlet.ENDPOINT)
                .contextExtractor(SessionHost::context)
                .httpHeaderValidator(loopbackOrigins())
                .maxRequestSize(LARGEST_REQUEST)
                // Both start threads that outlive the transport; SandboxInstance bounds the sessions instead.
                .sessionSweepInterval(null)
                .keepAliveInterval(null)
                .build();
        this.server = McpServer.sync(transport)
                .serverInfo("port-sandbox", "1.0.0")
                .instructions("A stand-in for Port's MCP server. Its data is made up and lives in memory.")
                .capabilities(
                        ServerCapabilities.builder().tools(false).prompts(false).build())
                // The tool box checks arguments itself, after the control headers.
                .validateToolInputs(false)
                .immediateExecution(true)
                .tools(tools.specifications())
                .addToolFilter(tools::isVisible)
                .prompts(new PromptBook(catalogue).specifications())
                .rootsChangeHandler((exchange, roots) -> {})
                .build();
    }

    void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        transport.service(request, response);
        if (request.getMethod().equals("GET") && request.isAsyncStarted()) {
            // The transport sends the head of a listening stream with its first event, and here none ever comes:
            // whoever waits for an answer, a gateway above all, must see that the stream is open.
            response.flushBuffer();
        }
    }

    /// Ends all sessions and their streams.
    @Override
    public void close() {
        server.closeGracefully();
    }

    private static McpTransportContext context(HttpServletRequest request) {
        var headers = ControlHeaders.read(
                values(request, ControlHeaders.READ_ONLY), values(request, ControlHeaders.ALLOWED_ACTIONS));
        return McpTransportContext.create(Map.of(ToolBox.HEADERS, headers));
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    /// A page in a browser must not reach the sandbox by a name that resolves to this machine.
    private static DefaultServerTransportSecurityValidator loopbackOrigins() {
        return DefaultServerTransportSecurityValidator.builder()
                .allowedOrigins(List.of("http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"))
                .build();
    }
}
