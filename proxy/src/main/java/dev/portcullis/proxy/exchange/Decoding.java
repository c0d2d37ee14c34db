package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.catalog.ToolCatalog;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.McpProblem;
import dev.portcullis.proxy.mcp.MirroredHeaders;
import dev.portcullis.proxy.mcp.Requests.Reading;
import dev.portcullis.proxy.mcp.legacy.LegacyMethods;

import java.util.Optional;

/// Reads the body of a request: strict JSON, one JSON-RPC message, its meaning in its era, and whether
/// all it refers to is the caller's.
final class Decoding {
    private final JsonRpcCodec codec;
    private final Bindings bindings;
    private final ToolHeaders toolHeaders;
    private final ToolCatalog catalog;

    /// @param maxDepth how deep the JSON may nest
    Decoding(int maxDepth, Bindings bindings, ToolHeaders toolHeaders, ToolCatalog catalog) {
        this.codec = new JsonRpcCodec(new StrictJson(maxDepth));
        this.bindings = bindings;
        this.toolHeaders = toolHeaders;
        this.catalog = catalog;
    }

    /// What does the body say?
    Step<Stage.Decoded> decode(Stage.Identified identified, byte[] body) {
        var headers = identified.routed().screened().received().headers();
        return switch (codec.read(body)) {
            case JsonRpcCodec.Reading.Malformed malformed ->
                refused(identified, new Refusal.Malformed(malformed.code(), malformed.reason(), malformed.id()));
            case JsonRpcCodec.Reading.Read read ->
                switch (McpReader.read(read.message(), headers)) {
                    case Reading.NotUnderstood not -> refused(identified, new Refusal.NotMcp(not.problem()));
                    case Reading.Understood understood -> check(identified, understood, read.message());
                };
        };
    }

    private Step<Stage.Decoded> check(Stage.Identified identified, Reading.Understood understood, JsonRpcMessage raw) {
        var message = understood.message();
        if (understood.era() == Era.LEGACY && needsSession(message) && isForeign(identified)) {
            return refused(identified, new Refusal.NotYours(Seals.Kind.SESSION, message.id()));
        }
        return headersOfArguments(identified, understood, raw)
                .<Step<Stage.Decoded>>map(problem -> refused(identified, new Refusal.NotMcp(problem)))
                .orElseGet(() -> open(identified, understood, raw));
    }

    private Step<Stage.Decoded> open(Stage.Identified identified, Reading.Understood understood, JsonRpcMessage raw) {
        var message = understood.message();
        var session = identified.session().upstreamId().orElse("");
        return switch (bindings.open(Bindings.holder(identified), session, message, raw)) {
            case Bindings.Opened.Yours yours ->
                new Step.Passed<>(new Stage.Decoded(
                        identified,
                        understood.era(),
                        message,
                        yours.message(),
                        yours.changed(),
                        called(identified, message)));
            case Bindings.Opened.NotYours not -> refused(identified, new Refusal.NotYours(not.kind(), message.id()));
        };
    }

    private Optional<ListedTool> called(Stage.Identified identified, McpMessage message) {
        return message instanceof McpMessage.ToolCall call
                ? Optional.of(catalog.tool(Bindings.holder(identified), call.tool()))
                : Optional.empty();
    }

    /// The arguments that a call repeats in headers, as far as the definition of the tool has been seen.
    private Optional<McpProblem> headersOfArguments(
            Stage.Identified identified, Reading.Understood understood, JsonRpcMessage raw) {
        if (understood.era() == Era.LEGACY
                || !(understood.message() instanceof McpMessage.ToolCall call)
                || !(raw instanceof JsonRpcMessage.Request request)) {
            return Optional.empty();
        }
        var headers =
                new MirroredHeaders(identified.routed().screened().received().headers());
        return toolHeaders
                .of(Bindings.holder(identified), call.tool())
                .flatMap(known -> known.disagreement(request.params().path("arguments"), headers))
                .map(reason -> new McpProblem.HeaderMismatch(reason, call.id()));
    }

    private static boolean needsSession(McpMessage message) {
        return message.method().filter(LegacyMethods.INITIALIZE::equals).isEmpty();
    }

    private static boolean isForeign(Stage.Identified identified) {
        return identified.session() instanceof SessionClaim.Foreign;
    }

    private static Step<Stage.Decoded> refused(Stage last, Refusal refusal) {
        return new Step.Refused<>(last, refusal);
    }
}
