package dev.portcullis.proxy.mcp.legacy;

import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.mcp.ClientSoftware;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.McpProblem;
import dev.portcullis.proxy.mcp.MetaKeys;
import dev.portcullis.proxy.mcp.MirroredHeaders;
import dev.portcullis.proxy.mcp.Requests;
import dev.portcullis.proxy.mcp.Requests.Reading;

import java.util.Optional;

/// What a client's message means in the legacy era.
///
/// Servers of this era never compare the mirrored headers with the body; whoever sends them must tell
/// the truth all the same.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">transports
///     of 2025-11-25</a>
public final class LegacyReader {
    private LegacyReader() {}

    public static Reading request(JsonRpcMessage.Request request, MirroredHeaders headers) {
        var id = Optional.of(request.id());
        var version = headers.version();
        if (version.filter(Era.MODERN::has).isPresent()) {
            return problem(
                    new McpProblem.InvalidParams("_meta must name the protocol version, as the header does", id));
        }
        if (version.isPresent() && !Era.LEGACY.has(version.get())) {
            return problem(McpProblem.UnsupportedVersion.ofHeader(version.get(), id));
        }
        var disagreement = headers.disagreement(false, request.method(), Requests.mirroredName(request));
        if (disagreement.isPresent()) {
            return problem(new McpProblem.HeaderMismatch(disagreement.get(), id));
        }
        return LegacyMethods.isRequest(request.method())
                ? Requests.known(Era.LEGACY, request, software(request))
                : problem(new McpProblem.UnknownMethod(Era.LEGACY, request.method(), request.id()));
    }

    public static Reading notification(JsonRpcMessage.Notification notification, MirroredHeaders headers) {
        var version = headers.version();
        if (version.isPresent() && !Era.LEGACY.has(version.get())) {
            return problem(McpProblem.UnsupportedVersion.ofHeader(version.get(), Optional.empty()));
        }
        var disagreement = headers.disagreement(false, notification.method(), Optional.empty());
        if (disagreement.isPresent()) {
            return problem(new McpProblem.HeaderMismatch(disagreement.get(), Optional.empty()));
        }
        return LegacyMethods.isNotification(notification.method())
                ? new Reading.Understood(Era.LEGACY, new McpMessage.Notification(notification.method()))
                : problem(new McpProblem.UnknownNotification(Era.LEGACY, notification.method()));
    }

    /// The client's answer to a request of the server.
    public static Reading answer(JsonRpcMessage.Response response, MirroredHeaders headers) {
        var version = headers.version();
        if (version.isPresent() && !Era.LEGACY.has(version.get())) {
            return problem(McpProblem.UnsupportedVersion.ofHeader(version.get(), Optional.empty()));
        }
        return new Reading.Understood(Era.LEGACY, new McpMessage.Answer(response.id()));
    }

    private static Optional<ClientSoftware> software(JsonRpcMessage.Request request) {
        var inMeta = ClientSoftware.in(request.params().path(MetaKeys.META).path(MetaKeys.CLIENT_INFO));
        return inMeta.isPresent() || !request.method().equals(LegacyMethods.INITIALIZE)
                ? inMeta
                : ClientSoftware.in(request.params().path("clientInfo"));
    }

    private static Reading problem(McpProblem problem) {
        return new Reading.NotUnderstood(problem);
    }
}
