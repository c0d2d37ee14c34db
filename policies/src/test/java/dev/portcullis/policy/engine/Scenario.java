package dev.portcullis.policy.engine;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.PolicyDocument;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One file under `scenarios/`: a policy and kills, and what is decided when something is asked.
record Scenario(String title, PolicyDocument document, List<Kill> kills, List<Case> cases) {

    /// One question and what the file says of the answer.
    record Case(String name, PolicyInput input, Map<?, ?> then) {}

    static Scenario read(Path file) {
        try {
            var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
            var yaml = map(new Load(settings).loadFromString(Files.readString(file)));
            var given = map(yaml.get("given"));
            return new Scenario(
                    text(yaml, "title"),
                    Inputs.document(routes(given) + text(given, "policy") + "\n"),
                    list(given.get("kills")).stream()
                            .map(kill -> kill(map(kill)))
                            .toList(),
                    list(yaml.get("cases")).stream()
                            .map(one -> new Case(
                                    String.valueOf(map(one).get("when")),
                                    input(map(map(one).get("when"))),
                                    map(map(one).get("then"))))
                            .toList());
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /// More routes, beside the two that every scenario has.
    private static String routes(Map<?, ?> given) {
        return optional(given, "routes").map(routes -> routes.indent(2)).orElse("");
    }

    private static Kill kill(Map<?, ?> kill) {
        return new Kill(
                UUID.fromString(text(kill, "id")),
                new KillScope(
                        texts(kill.get("routes")),
                        texts(kill.get("groups")),
                        texts(kill.get("callers")),
                        texts(kill.get("clients")),
                        texts(kill.get("tools"))),
                texts(kill.get("exempt")),
                text(kill, "reason"),
                optional(kill, "message"),
                optional(kill, "until").map(Instant::parse));
    }

    private static PolicyInput input(Map<?, ?> when) {
        var base = Inputs.ask(question(when));
        var caller = when.containsKey("anonymous")
                ? CallerFacts.anonymous()
                : new CallerFacts(
                        optional(when, "caller").or(() -> base.caller().subject()),
                        "api_key",
                        when.containsKey("groups")
                                ? texts(when.get("groups"))
                                : base.caller().groups(),
                        !when.containsKey("unverified"));
        var name = optional(when, "client").or(() -> base.client().name()).filter(n -> !when.containsKey("noClient"));
        return new PolicyInput(
                base.exchange(),
                base.organization(),
                optional(when, "time").map(Instant::parse).orElse(base.time()),
                optional(when, "route").orElse(base.route()),
                caller,
                new ClientFacts(
                        name, Optional.empty(), address(when, base.client().address())),
                Wishes.of(texts(when.get("readOnlyHeader")), texts(when.get("allowedActionsHeader"))),
                base.question());
    }

    private static Question question(Map<?, ?> when) {
        if (when.containsKey("connection")) {
            return new Question.Connection();
        }
        if (when.containsKey("response")) {
            return new Question.Message(Optional.empty());
        }
        if (when.containsKey("message")) {
            return new Question.Message(Optional.of(text(when, "message")), texts(when.get("uris")));
        }
        if (when.containsKey("methods")) {
            return new Question.Methods(texts(when.get("methods")));
        }
        if (when.containsKey("prompt")) {
            return new Question.Message(Optional.of("prompts/get"), List.of(), optional(when, "prompt"));
        }
        if (when.containsKey("prompts")) {
            return new Question.PromptList(texts(when.get("prompts")));
        }
        if (when.containsKey("resources")) {
            return new Question.ResourceList(texts(when.get("resources")));
        }
        if (when.containsKey("list")) {
            return new Question.ToolList(texts(when.get("list")).stream()
                    .map(name -> listed(name, map(map(when.get("listed")).get(name))))
                    .toList());
        }
        var arguments = optional(when, "argumentsJson")
                .orElseGet(() -> JsonMapper.shared()
                        .writeValueAsString(when.containsKey("arguments") ? when.get("arguments") : Map.of()));
        return new Question.ToolCall("tools/call", listed(text(when, "call"), map(when.get("listed"))), arguments);
    }

    /// A tool as a list has shown it: `definition` is one character that stands for all 64.
    private static ListedTool listed(String name, Map<?, ?> listed) {
        return new ListedTool(
                name,
                optional(listed, "definition").map(digit -> "sha256:" + digit.repeat(64)),
                Optional.ofNullable(listed.get("readOnlyHint")).map(Boolean.TRUE::equals));
    }

    private static InetAddress address(Map<?, ?> when, InetAddress usual) {
        try {
            var mapped = optional(when, "mappedAddress").map(InetAddress::ofLiteral);
            if (mapped.isPresent()) {
                var bytes = new byte[16];
                bytes[10] = bytes[11] = (byte) 0xff;
                System.arraycopy(mapped.get().getAddress(), 0, bytes, 12, 4);
                return Inet6Address.getByAddress(null, bytes, -1);
            }
            var zoned = optional(when, "zonedAddress").map(InetAddress::ofLiteral);
            return zoned.isPresent()
                    ? Inet6Address.getByAddress(null, zoned.get().getAddress(), 3)
                    : optional(when, "address").map(InetAddress::ofLiteral).orElse(usual);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static List<String> texts(@Nullable Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }

    private static String text(Map<?, ?> map, String key) {
        return optional(map, key).orElseThrow(() -> new AssertionError("missing: " + key));
    }

    private static Optional<String> optional(Map<?, ?> map, String key) {
        return Optional.ofNullable(map.get(key)).map(String::valueOf);
    }
}
