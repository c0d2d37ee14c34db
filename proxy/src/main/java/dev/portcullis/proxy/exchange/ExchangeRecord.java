package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.engine.PolicyFacts;
import dev.portcullis.policy.engine.ToolFacts;
import dev.portcullis.proxy.audit.AuditRecord;
import dev.portcullis.proxy.audit.RecordedArguments;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.ShownCredential;
import dev.portcullis.proxy.identity.Caller;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.mcp.ClientSoftware;
import dev.portcullis.proxy.mcp.McpMessage;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The audit record of an exchange, from the last stage it reached and the way it ended. Nothing else
/// is needed. What the client showed in its Authorization header is left out wherever else it put it.
public final class ExchangeRecord {
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    /// A client may send any word as its method, a secret for instance; `-` stands for none that could be
    /// read.
    ///
    /// @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/">OpenTelemetry,
    ///     http.request.method</a>
    private static final Set<String> HTTP_METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE", "-");

    private static final String OTHER_METHOD = "_OTHER";

    private ExchangeRecord() {}

    /// @param asked what is kept of what the policy was asked
    public static AuditRecord of(Stage last, Ending ending, AskedFacts asked) {
        var received = received(last);
        var routed = routed(last);
        var identified = identified(last);
        var caller = identified.map(Stage.Identified::caller).or(() -> deniedCaller(ending));
        var decoded = decoded(last);
        var call = decoded.map(Stage.Decoded::message)
                .filter(McpMessage.ToolCall.class::isInstance)
                .map(McpMessage.ToolCall.class::cast);
        var facts = call.flatMap(called ->
                decoded.flatMap(Stage.Decoded::tool).flatMap(tool -> routed.map(at -> facts(at, tool, called))));
        var verdict = Verdict.of(last, ending.refusal());
        var shown = ShownCredential.of(received.headers());
        var keeping = call.flatMap(called -> RecordKeeping.of(last, ending.refusal(), called));
        var arguments = call.map(called -> asked.arguments(called.argumentsJson(), shown, keeping));
        return new AuditRecord(
                received.exchange().value(),
                received.at(),
                ending.at(),
                routed.map(at -> at.policy().document().organization()),
                route(last, ending.refusal()),
                decoded.map(message -> message.era().wireName()),
                decoded.flatMap(message -> message.message().method()),
                call.map(McpMessage.ToolCall::tool).map(shown::hideIn),
                facts.map(known -> known.toolClass().wireName()),
                facts.flatMap(ToolFacts::action).map(shown::hideIn),
                caller.map(known -> name(known.facts())),
                caller.map(known -> known.facts().kind()),
                caller.map(known -> known.facts().groups()).orElse(List.of()),
                software(identified, decoded).map(ClientSoftware::name).map(shown::hideIn),
                software(identified, decoded).flatMap(ClientSoftware::version).map(shown::hideIn),
                Optional.of(received.clientAddress()),
                received.headers().first("mcp-session-id").map(SessionDigest::of),
                decoded.flatMap(message -> message.message().id())
                        .map(RequestId::text)
                        .map(shown::hideIn),
                verdict.decision(),
                verdict.rules(),
                verdict.observed(),
                verdict.policyVersion(),
                ending.outcome(),
                ending.refusal().map(Refusal::key),
                Optional.of(HTTP_METHODS.contains(received.httpMethod()) ? received.httpMethod() : OTHER_METHOD),
                ending.httpStatus(),
                ending.upstreamStatus(),
                ending.requestBytes(),
                ending.responseBytes(),
                verdict.micros(),
                ending.latencyMicros(),
                arguments.map(RecordedArguments::json),
                arguments.map(RecordedArguments::digest),
                traceId(received.headers()),
                caller.map(Caller::displayName),
                caller.map(known -> known.facts().verified()),
                asked.of(last, ending.refusal(), arguments, shown),
                ending.answer()
                        .hidden()
                        .map(names -> names.stream().map(shown::hideIn).toList()),
                keeping.flatMap(kept -> ending.answer().result().flatMap(result -> asked.result(result, shown, kept))),
                OptionalLong.empty());
    }

    /// What the policy said, as far as it was asked.
    private record Verdict(
            String decision,
            List<String> rules,
            List<String> observed,
            OptionalLong policyVersion,
            OptionalLong micros) {

        static Verdict of(Stage last, Optional<Refusal> refusal) {
            return refusal.flatMap(Verdict::refused).orElseGet(() -> reached(last));
        }

        private static Optional<Verdict> refused(Refusal refusal) {
            return switch (refusal) {
                case Refusal.ConnectionDenied denied ->
                    Optional.of(denied(denied.decision(), OptionalLong.of(denied.decisionMicros())));
                case Refusal.MessageDenied denied ->
                    Optional.of(denied(denied.decision(), OptionalLong.of(denied.decisionMicros())));
                case Refusal.AskingDenied denied -> Optional.of(denied(denied.decision(), OptionalLong.empty()));
                case Refusal.CutOff cut -> Optional.of(denied(cut.decision(), OptionalLong.empty()));
                case Refusal.CallCutOff cut -> Optional.of(denied(cut.decision(), OptionalLong.empty()));
                case Refusal.Undecided undecided ->
                    Optional.of(new Verdict(
                            "undecided",
                            List.of("gateway:undecided"),
                            List.of(),
                            OptionalLong.empty(),
                            OptionalLong.empty()));
                default -> Optional.empty();
            };
        }

        private static Verdict denied(Decision.Deny deny, OptionalLong micros) {
            return new Verdict(
                    "denied", deny.rules(), names(deny.observed()), OptionalLong.of(deny.policyVersion()), micros);
        }

        private static Verdict reached(Stage last) {
            if (last instanceof Stage.Decided decided) {
                var allow = decided.permit().decision();
                return new Verdict(
                        "allowed",
                        List.of(),
                        names(Stream.concat(allow.observed().stream(), decided.counted().observed().stream())
                                .toList()),
                        OptionalLong.of(allow.policyVersion()),
                        OptionalLong.of(decided.decisionMicros()));
            }
            return new Verdict("none", List.of(), List.of(), OptionalLong.empty(), OptionalLong.empty());
        }

        private static List<String> names(List<Decision.Denial> denials) {
            return denials.stream().map(Decision.Denial::rule).distinct().toList();
        }
    }

    private static ToolFacts facts(Stage.Routed routed, ListedTool tool, McpMessage.ToolCall call) {
        return PolicyFacts.describe(routed.policy().document(), routed.route().name(), tool, call.argumentsJson());
    }

    private static Optional<String> route(Stage last, Optional<Refusal> refusal) {
        return refusal.isPresent() && refusal.get() instanceof Refusal.UnknownRoute unknown
                ? Optional.of(unknown.shownName())
                : screened(last).map(Stage.Screened::routeName);
    }

    private static String name(CallerFacts caller) {
        return caller.subject().orElse("anonymous");
    }

    private static Optional<ClientSoftware> software(
            Optional<Stage.Identified> identified, Optional<Stage.Decoded> decoded) {
        return decoded.flatMap(Stage.Decoded::software).or(() -> identified.flatMap(Stage.Identified::software));
    }

    private static Optional<String> traceId(HeaderFields headers) {
        return headers.first("traceparent").flatMap(value -> {
            var matcher = TRACE_PARENT.matcher(value);
            return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        });
    }

    private static Stage.Received received(Stage last) {
        return switch (last) {
            case Stage.Received received -> received;
            case Stage.Screened screened -> screened.received();
            case Stage.Routed routed -> received(routed.screened());
            case Stage.Identified identified -> received(identified.routed());
            case Stage.Decoded decoded -> received(decoded.identified());
            case Stage.Asked asked -> received(asked.decoded());
            case Stage.Decided decided -> received(decided.identified());
        };
    }

    private static Optional<Stage.Screened> screened(Stage last) {
        return last instanceof Stage.Screened screened
                ? Optional.of(screened)
                : routed(last).map(Stage.Routed::screened);
    }

    static Optional<Stage.Routed> routed(Stage last) {
        return last instanceof Stage.Routed routed
                ? Optional.of(routed)
                : identified(last).map(Stage.Identified::routed);
    }

    /// Somebody who was known, and not let in.
    private static Optional<Caller> deniedCaller(Ending ending) {
        return ending.refusal()
                .flatMap(refusal ->
                        refusal instanceof Refusal.ConnectionDenied denied ? denied.caller() : Optional.empty());
    }

    private static Optional<Stage.Identified> identified(Stage last) {
        return switch (last) {
            case Stage.Identified identified -> Optional.of(identified);
            case Stage.Decoded decoded -> Optional.of(decoded.identified());
            case Stage.Asked asked -> Optional.of(asked.decoded().identified());
            case Stage.Decided decided -> Optional.of(decided.identified());
            case Stage.Received received -> Optional.empty();
            case Stage.Screened screened -> Optional.empty();
            case Stage.Routed routed -> Optional.empty();
        };
    }

    private static Optional<Stage.Decoded> decoded(Stage last) {
        return switch (last) {
            case Stage.Decoded decoded -> Optional.of(decoded);
            case Stage.Asked asked -> Optional.of(asked.decoded());
            case Stage.Decided decided -> decided.decoded();
            case Stage.Received received -> Optional.empty();
            case Stage.Screened screened -> Optional.empty();
            case Stage.Routed routed -> Optional.empty();
            case Stage.Identified identified -> Optional.empty();
        };
    }
}
