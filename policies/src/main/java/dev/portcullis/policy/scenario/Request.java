package dev.portcullis.policy.scenario;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import tools.jackson.databind.json.JsonMapper;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The `when` of a case: one question. What it does not say is as usual: ada of the developers with a
/// key, from 203.0.113.7 with cursor, to the route port-eu.
final class Request {
    static final String USUAL_ROUTE = "port-eu";
    private static final UUID EXCHANGE = UUID.fromString("01935a6e-0000-7000-8000-000000000001");
    private static final Instant USUAL_TIME = Instant.parse("2026-11-22T12:00:00Z");
    private static final InetAddress USUAL_ADDRESS = InetAddress.ofLiteral("203.0.113.7");
    private static final Set<String> SUBJECTS =
            Set.of("connection", "response", "message", "methods", "prompt", "prompts", "resources", "list", "call");
    private static final Set<String> KEYS = Set.of(
            "connection",
            "response",
            "message",
            "methods",
            "prompt",
            "prompts",
            "resources",
            "list",
            "call",
            "uris",
            "listed",
            "arguments",
            "argumentsJson",
            "route",
            "time",
            "caller",
            "groups",
            "anonymous",
            "unverified",
            "client",
            "noClient",
            "address",
            "mappedAddress",
            "zonedAddress",
            "readOnlyHeader",
            "allowedActionsHeader");
    private static final Set<String> LISTED = Set.of("definition", "readOnlyHint");
    private static final int DEFINITION = 64;

    private Request() {}

    static PolicyInput read(String place, Optional<Object> value, String organization) {
        var when = Fields.of(place, value, KEYS);
        if (SUBJECTS.stream().filter(when::has).count() != 1) {
            throw new ScenarioException(place + ": (expected: exactly one of "
                    + String.join(", ", SUBJECTS.stream().sorted().toList()) + ")");
        }
        try {
            return new PolicyInput(
                    EXCHANGE,
                    organization,
                    when.text("time").map(Instant::parse).orElse(USUAL_TIME),
                    when.text("route").orElse(USUAL_ROUTE),
                    caller(when),
                    client(when),
                    Wishes.of(
                            when.texts("readOnlyHeader").orElse(List.of()),
                            when.texts("allowedActionsHeader").orElse(List.of())),
                    question(when));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new ScenarioException(place + ": " + e.getMessage(), e);
        }
    }

    private static CallerFacts caller(Fields when) {
        return when.has("anonymous")
                ? CallerFacts.anonymous()
                : new CallerFacts(
                        when.text("caller").or(() -> Optional.of("ada")),
                        "api_key",
                        when.texts("groups").orElse(List.of("developers")),
                        !when.has("unverified"));
    }

    private static ClientFacts client(Fields when) {
        var name = when.text("client").or(() -> Optional.of("cursor")).filter(any -> !when.has("noClient"));
        return new ClientFacts(name, Optional.empty(), address(when));
    }

    private static Question question(Fields when) {
        if (when.has("connection")) {
            return new Question.Connection();
        }
        if (when.has("response")) {
            return new Question.Message(Optional.empty());
        }
        if (when.has("message")) {
            return new Question.Message(
                    Optional.of(when.required("message")), when.texts("uris").orElse(List.of()));
        }
        if (when.has("prompt")) {
            return new Question.Message(Optional.of("prompts/get"), List.of(), Optional.of(when.required("prompt")));
        }
        return when.has("call") ? call(when) : list(when);
    }

    private static Question list(Fields when) {
        if (when.has("methods")) {
            return new Question.Methods(when.texts("methods").orElseThrow());
        }
        if (when.has("prompts")) {
            return new Question.PromptList(when.texts("prompts").orElseThrow());
        }
        if (when.has("resources")) {
            return new Question.ResourceList(when.texts("resources").orElseThrow());
        }
        var listed = when.names("listed");
        return new Question.ToolList(when.texts("list").orElseThrow().stream()
                .map(name -> listed(when.place(), name, Optional.ofNullable(listed.get(name))))
                .toList());
    }

    private static Question call(Fields when) {
        var arguments = when.text("argumentsJson")
                .orElseGet(() -> JsonMapper.shared()
                        .writeValueAsString(when.value("arguments").orElse(Map.of())));
        return new Question.ToolCall(
                "tools/call", listed(when.place(), when.required("call"), when.value("listed")), arguments);
    }

    /// A tool as a list has shown it; one character of its definition may stand for all of them.
    private static ListedTool listed(String place, String name, Optional<Object> value) {
        if (value.isEmpty()) {
            return ListedTool.unseen(name);
        }
        var listed = Fields.of(place + ".listed", value, LISTED);
        return new ListedTool(
                name,
                listed.text("definition").map(text -> text.length() == 1 ? "sha256:" + text.repeat(DEFINITION) : text),
                listed.value("readOnlyHint").map(Boolean.TRUE::equals));
    }

    private static InetAddress address(Fields when) {
        try {
            var mapped = when.text("mappedAddress").map(InetAddress::ofLiteral);
            if (mapped.isPresent()) {
                var bytes = new byte[16];
                bytes[10] = bytes[11] = (byte) 0xff;
                System.arraycopy(mapped.get().getAddress(), 0, bytes, 12, 4);
                return Inet6Address.getByAddress(null, bytes, -1);
            }
            var zoned = when.text("zonedAddress").map(InetAddress::ofLiteral);
            return zoned.isPresent()
                    ? Inet6Address.getByAddress(null, zoned.get().getAddress(), 3)
                    : when.text("address").map(InetAddress::ofLiteral).orElse(USUAL_ADDRESS);
        } catch (UnknownHostException e) {
            throw new ScenarioException(when.place() + ": no address", e);
        }
    }
}
