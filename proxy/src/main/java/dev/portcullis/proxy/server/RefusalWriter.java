package dev.portcullis.proxy.server;

import dev.portcullis.policy.Decision;
import dev.portcullis.proxy.audit.SecretShapes;
import dev.portcullis.proxy.exchange.ExchangeId;
import dev.portcullis.proxy.exchange.OwnAnswer;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.identity.Identification;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.McpProblem;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What every refusal looks like on the wire, and the only place that knows.
///
/// A denial is told in band, at HTTP 200, because only that shape reaches the model in every client;
/// 403 is kept for what is meant to cut a client off. Codes of our own are HTTP's numbers, outside the
/// range JSON-RPC and MCP reserve.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools">MCP, tools,
///     error handling</a>
public final class RefusalWriter {
    private static final String IN_DOUBT = " Domains in doubt: a URL can be read in more than one way.";
    private static final String BLOCKED = "Blocked by policy: ";
    private static final String DECISION_KEY = "dev.portcullis/decision";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// What may be a method or a version is named in the answer, and nothing else that somebody put there:
    /// clients show these answers to people and models, and keep them in logs.
    private static final Pattern METHOD = Pattern.compile("[A-Za-z$_./-]{1,64}");

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.-]{1,16}");

    private final Refusal refusal;
    private final ExchangeId exchange;

    private RefusalWriter(Refusal refusal, ExchangeId exchange) {
        this.refusal = refusal;
        this.exchange = exchange;
    }

    /// The answer to a request that was refused.
    public static OwnAnswer answer(Refusal refusal, ExchangeId exchange) {
        return new RefusalWriter(refusal, exchange).answer();
    }

    private OwnAnswer answer() {
        return switch (refusal) {
            case Refusal.BadHttp bad -> error(400, JsonRpcCodec.INVALID_REQUEST, bad.reason());
            case Refusal.ConnectionRefused none -> error(400, 400, "Nothing was read from this connection");
            case Refusal.HeadTooLarge large -> error(431, 431, "The head of the request is too large");
            case Refusal.BodyTooLarge large -> error(413, 413, "The body is larger than " + large.limit() + " bytes");
            case Refusal.BodyTooSlow slow -> error(408, 408, "The body did not arrive in time");
            case Refusal.UnknownPath path ->
                // Clients whose key was refused go on to sign in, and this is the last thing their user reads.
                error(
                        404,
                        404,
                        "Nothing is here. An MCP endpoint is at /mcp/<route>, without a query. Nobody signs in at the"
                                + " gateway itself: if your client tries to, the key or token it showed was not accepted,"
                                + " or it showed none");
            case Refusal.UnknownRoute route -> error(404, 404, "There is no route " + route.shownName());
            case Refusal.HttpMethodNotAllowed method ->
                error(405, 405, "Use POST, GET or DELETE").with("Allow", "POST, GET, DELETE");
            case Refusal.ForeignHost host -> error(403, 403, "This gateway does not answer to that Host");
            case Refusal.ForeignOrigin origin -> error(403, 403, "This Origin may not call the gateway");
            case Refusal.Loop loop ->
                error(508, 508, "The upstream of a route leads back to this gateway: see proxy.upstreams.nameServers");
            case Refusal.UnsupportedMedia media -> error(415, 415, media.reason());
            case Refusal.OpenRouteExposed open ->
                error(403, 403, "Route " + open.route() + " is open to all and is therefore served on loopback only");
            case Refusal.Unauthenticated not -> unauthenticated(not);
            case Refusal.Unverifiable unverifiable ->
                error(
                        503,
                        503,
                        "The identity provider " + unverifiable.issuer() + " cannot be asked at this"
                                + " moment, so nobody can be identified by it. Try again later");
            case Refusal.Throttled throttled ->
                error(429, 429, "Too many attempts to sign in from this address failed. Try again later")
                        .with(
                                "Retry-After",
                                Long.toString(Math.max(1, throttled.retryAfter().toSeconds())));
            case Refusal.CallerEnded ended ->
                error(
                        403,
                        403,
                        "What identified the caller is not valid any more; the call may have been carried out",
                        ended.id());
            case Refusal.Malformed malformed -> error(400, malformed.code(), malformed.reason(), malformed.id());
            case Refusal.NotMcp not -> notMcp(not.problem());
            case Refusal.NoSuchStream none ->
                error(405, 405, "There is no stream to open or to end here: use POST")
                        .with("Allow", "POST");
            case Refusal.NotYours not -> notYours(not);
            case Refusal.SessionRevoked revoked ->
                error(
                        404,
                        404,
                        "This session was revoked: begin a new one"
                                + (revoked.wasRunning() ? "; the call may have been carried out" : ""),
                        revoked.id());
            case Refusal.AskingDenied denied -> askingDenied(denied);
            case Refusal.ConnectionDenied denied -> cutOff(denied.decision(), Optional.empty());
            case Refusal.CutOff cut -> cutOff(cut.decision(), cut.id());
            case Refusal.CallCutOff cut -> callCutOff(cut);
            case Refusal.MessageDenied denied
            when denied.decision().endsConnection() -> cutOff(denied.decision(), awaited(denied.message()));
            case Refusal.MessageDenied denied ->
                messageDenied(reasonOf(denied.decision()), denied.decision().rules(), denied.era(), denied.message());
            case Refusal.Undecided undecided -> undecided(undecided);
            case Refusal.NotRecordable full ->
                error(503, 503, "The audit trail cannot take this call, so it is not made. Try again later");
            case Refusal.Overloaded overloaded -> error(503, 503, "Too many requests are in flight. Try again later");
            case Refusal.TooManyStreams streams ->
                error(503, 503, "This caller holds too many streams open. Close one, or try again later", streams.id());
            case Refusal.UpstreamFailed failed -> upstreamFailed(failed);
            case Refusal.InternalFault fault ->
                error(500, 500, "The gateway failed. Its log has more under exchange " + exchange);
        };
    }

    /// A challenge says where to sign in, on every method alike; what was shown and refused is named as
    /// RFC 6750 has it.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5.1">RFC 9728, WWW-Authenticate</a>
    private OwnAnswer unauthenticated(Refusal.Unauthenticated not) {
        var parameters = new ArrayList<String>();
        not.metadataUrl().ifPresent(url -> parameters.add("resource_metadata=\"" + url + "\""));
        if (!not.scope().isEmpty()) {
            parameters.add("scope=\"" + not.scope() + "\"");
        }
        if (not.fault() != Identification.Fault.NO_CREDENTIAL) {
            parameters.add("error=\"invalid_token\"");
            parameters.add("error_description=\"" + not.fault().text() + "\"");
        }
        return error(401, 401, not.fault().text())
                .with("WWW-Authenticate", ("Bearer " + String.join(", ", parameters)).strip());
    }

    private OwnAnswer notMcp(McpProblem problem) {
        return switch (problem) {
            case McpProblem.HeaderMismatch mismatch ->
                error(400, McpProblem.HeaderMismatch.CODE, mismatch.reason(), mismatch.id());
            case McpProblem.UnsupportedVersion version -> unsupportedVersion(version);
            case McpProblem.MissingExtension missing -> missingExtension(missing);
            case McpProblem.InvalidParams params ->
                error(400, JsonRpcCodec.INVALID_PARAMS, params.reason(), params.id());
            case McpProblem.Misplaced misplaced ->
                error(400, JsonRpcCodec.INVALID_REQUEST, misplaced.reason(), misplaced.id());
            case McpProblem.UnknownMethod method ->
                error(
                        method.era() == Era.MODERN ? 404 : 200,
                        JsonRpcCodec.METHOD_NOT_FOUND,
                        "This gateway does not know "
                                + (METHOD.matcher(method.method()).matches()
                                        ? "the method " + method.method()
                                        : "this method"),
                        method.id());
            case McpProblem.UnknownNotification notification -> dropped();
        };
    }

    /// Somebody else's and nobody's look the same.
    private OwnAnswer notYours(Refusal.NotYours not) {
        return switch (not.kind()) {
            case SESSION -> error(404, 404, "There is no such session: begin a new one", not.id());
            case SERVER_REQUEST ->
                error(400, JsonRpcCodec.INVALID_REQUEST, "This answers no request of the server in this session");
            case REQUEST_STATE ->
                error(200, JsonRpcCodec.INVALID_PARAMS, "requestState was not given for this call", not.id());
            case TASK -> error(200, JsonRpcCodec.INVALID_PARAMS, "There is no such task", not.id());
        };
    }

    private OwnAnswer askingDenied(Refusal.AskingDenied denied) {
        var reason = reasonOf(denied.decision());
        var rules = denied.decision().rules();
        var explained = reason + " The server asked for " + denied.asked() + ", which may not pass.";
        return denied.message() instanceof McpMessage.ToolCall call && !call.asTask()
                ? blockedCall(explained, "was NOT completed", rules, denied.era(), call)
                : messageDenied(explained, rules, denied.era(), denied.message());
    }

    private OwnAnswer missingExtension(McpProblem.MissingExtension missing) {
        var data = JSON.objectNode();
        data.putObject("requiredCapabilities").putObject("extensions").putObject(missing.extension());
        return json(
                400,
                errorBody(
                        McpProblem.MissingExtension.CODE,
                        "The client has not declared the extension " + missing.extension(),
                        missing.id(),
                        Optional.of(data)));
    }

    private OwnAnswer unsupportedVersion(McpProblem.UnsupportedVersion version) {
        var data = JSON.objectNode();
        version.supported().forEach(data.putArray("supported")::add);
        data.put("requested", VERSION.matcher(version.requested()).matches() ? version.requested() : "no version");
        return json(
                400,
                errorBody(
                        McpProblem.UnsupportedVersion.CODE,
                        "Unsupported protocol version",
                        version.id(),
                        Optional.of(data)));
    }

    private OwnAnswer undecided(Refusal.Undecided undecided) {
        var reason = BLOCKED + "the policy could not be evaluated";
        var rules = List.of("gateway:undecided");
        return undecided
                .message()
                .map(asked -> messageDenied(reason, rules, asked.era(), asked.message()))
                .orElseGet(() -> json(403, errorBody(403, reason, Optional.empty(), Optional.of(decision(rules)))));
    }

    private OwnAnswer messageDenied(String reason, List<String> rules, Era era, McpMessage message) {
        return switch (message) {
            case McpMessage.ToolCall call when !call.asTask() -> deniedCall(reason, rules, era, call);
            case McpMessage.Request request ->
                json(
                        200,
                        errorBody(
                                403,
                                reason + " (exchange " + exchange + ")",
                                Optional.of(request.requestId()),
                                Optional.of(decision(rules))));
            case McpMessage.Notification notification -> dropped();
            case McpMessage.Answer answer -> dropped();
        };
    }

    private OwnAnswer deniedCall(String reason, List<String> rules, Era era, McpMessage.ToolCall call) {
        return blockedCall(reason, "was NOT executed", rules, era, call);
    }

    /// @param fate what became of the tool
    private OwnAnswer blockedCall(String reason, String fate, List<String> rules, Era era, McpMessage.ToolCall call) {
        var result = JSON.objectNode();
        result.putArray("content")
                .addObject()
                .put("type", "text")
                .put(
                        "text",
                        SecretShapes.redact(reason + "\nThe tool " + call.tool() + " " + fate + ". Exchange " + exchange
                                + ", rules: " + String.join(", ", rules) + "."));
        result.put("isError", true);
        if (era == Era.MODERN) {
            result.put("resultType", "complete");
        }
        result.putObject("_meta").set(DECISION_KEY, decision(rules));
        return json(200, "{\"jsonrpc\":\"2.0\",\"id\":" + call.requestId().json() + ",\"result\":" + result + "}");
    }

    private OwnAnswer cutOff(Decision.Deny decision, Optional<RequestId> id) {
        return json(403, errorBody(403, reasonOf(decision), id, Optional.of(decision(decision.rules()))));
    }

    private OwnAnswer callCutOff(Refusal.CallCutOff cut) {
        var reason = reasonOf(cut.decision());
        var rules = cut.decision().rules();
        return cut.message() instanceof McpMessage.ToolCall call && !call.asTask()
                ? blockedCall(
                        reason,
                        "was cut off while it ran; it may have been executed in part or as a whole",
                        rules,
                        cut.era(),
                        call)
                : messageDenied(reason, rules, cut.era(), cut.message());
    }

    private static Optional<RequestId> awaited(McpMessage message) {
        return message instanceof McpMessage.Request request ? Optional.of(request.requestId()) : Optional.empty();
    }

    private OwnAnswer upstreamFailed(Refusal.UpstreamFailed failed) {
        return switch (failed.failure()) {
            case NOT_CONFIGURED -> upstream(502, "The route leads to the sandbox, which is not running", failed);
            case FORBIDDEN_ADDRESS ->
                upstream(502, "The route's upstream has an address the gateway may not connect to", failed);
            case UNREACHABLE -> upstream(502, "The upstream cannot be reached", failed);
            case BUSY -> upstream(503, "Too many connections to the upstream are open", failed);
            case TOO_SLOW -> upstream(504, "The upstream did not answer in time", failed);
            case BROKE_OFF ->
                upstream(
                        502,
                        "The upstream broke off before its answer was complete; it may have acted on the request",
                        failed);
            case GARBAGE -> upstream(502, "The upstream's answer is not valid MCP", failed);
            case CREDENTIAL_MISSING ->
                upstream(502, "The upstream wants a credential, and the gateway has none for this route", failed);
            case CREDENTIAL_REFUSED ->
                upstream(502, "The upstream refused the gateway's own credential for this route", failed);
            case CREDENTIAL_FORBIDDEN ->
                upstream(502, "The gateway's own credential for this route is for other upstreams", failed);
            case CREDENTIAL_UNAVAILABLE ->
                upstream(503, "The gateway's own credential for this route cannot be used at this moment", failed);
        };
    }

    private OwnAnswer upstream(int status, String reason, Refusal.UpstreamFailed failed) {
        return error(status, status, reason + " (exchange " + exchange + ")", failed.id());
    }

    /// All messages of the owners of the rules that denied, or else their names.
    private static String reasonOf(Decision.Deny decision) {
        var messages = decision.denials().stream()
                .flatMap(denial -> denial.message().stream())
                .distinct()
                .collect(Collectors.joining(" "));
        var reason = messages.isEmpty() ? "refused by " + String.join(", ", decision.rules()) + "." : messages;
        return BLOCKED + reason + (decision.domainsInDoubt() ? IN_DOUBT : "");
    }

    private ObjectNode decision(List<String> rules) {
        var decision = JSON.objectNode();
        decision.put("exchange", exchange.toString());
        rules.forEach(decision.putArray("rules")::add);
        return decision;
    }

    private OwnAnswer error(int status, int code, String reason) {
        return error(status, code, reason, Optional.empty());
    }

    private OwnAnswer error(int status, int code, String reason, Optional<RequestId> id) {
        return json(status, errorBody(code, reason, id, Optional.empty()));
    }

    private String errorBody(int code, String reason, Optional<RequestId> id, Optional<ObjectNode> data) {
        var error = JSON.objectNode().put("code", code).put("message", SecretShapes.redact(reason));
        error.set(
                "data",
                data.orElseGet(JSON::objectNode)
                        .put("exchange", exchange.toString())
                        .put("reason", refusal.key()));
        return "{\"jsonrpc\":\"2.0\","
                + id.map(present -> "\"id\":" + present.json() + ",").orElse("") + "\"error\":" + error + "}";
    }

    private OwnAnswer json(int status, String body) {
        return new OwnAnswer(status, List.of(new Field("Content-Type", "application/json")), Optional.of(body));
    }

    /// Nobody waits for an answer: the message is accepted and goes no further.
    private OwnAnswer dropped() {
        return new OwnAnswer(202, List.of(), Optional.empty());
    }
}
