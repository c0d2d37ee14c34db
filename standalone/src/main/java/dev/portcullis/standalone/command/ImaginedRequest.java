package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.CannotStart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.OffsetDateTime;
import java.util.List;

/// The options that describe a request nobody has sent, or name one that somebody did.
final class ImaginedRequest {
    private static final JsonMapper JSON = new JsonMapper();

    @Option(names = "--exchange", paramLabel = "ID", description = "A request on record; no other option describes it.")
    private @Nullable String exchange;

    @Option(names = "--route", paramLabel = "NAME", description = "The route it is for.")
    private @Nullable String route;

    @Option(names = "--tool", paramLabel = "NAME", description = "The tool it calls.")
    private @Nullable String tool;

    @Option(names = "--arguments", paramLabel = "JSON", description = "The arguments of the call, a JSON object.")
    private @Nullable String arguments;

    @Option(names = "--definition", paramLabel = "SHA256", description = "The tool's definition as it is listed.")
    private @Nullable String definition;

    @Option(names = "--read-only-hint", paramLabel = "BOOL", description = "What the upstream claims of the tool.")
    private @Nullable Boolean readOnlyHint;

    @Option(names = "--method", paramLabel = "NAME", description = "The method of another message.")
    private @Nullable String method;

    @Option(names = "--uri", paramLabel = "URI", description = "A resource that it names; repeatable.")
    private List<String> uris = List.of();

    @Option(names = "--prompt", paramLabel = "NAME", description = "The prompt that it names.")
    private @Nullable String prompt;

    @Option(names = "--caller", paramLabel = "NAME", description = "Who calls; otherwise nobody known.")
    private @Nullable String caller;

    @Option(names = "--group", paramLabel = "NAME", description = "A group of the caller; repeatable.")
    private List<String> groups = List.of();

    @Option(names = "--client", paramLabel = "NAME", description = "The client software.")
    private @Nullable String client;

    @Option(names = "--address", paramLabel = "IP", description = "Where it comes from; otherwise 127.0.0.1.")
    private @Nullable String address;

    @Option(names = "--time", paramLabel = "TIME", description = "When, such as 2026-11-30T18:00:00Z; otherwise now.")
    private @Nullable OffsetDateTime time;

    @Option(names = "--wish-read-only", description = "The client asks for read-only.")
    private boolean wishReadOnly;

    @Option(names = "--wish-actions", paramLabel = "LIST", description = "The actions the client limits itself to.")
    private @Nullable String wishActions;

    /// The request as the console takes it, which says what is wrong with it.
    ObjectNode body() {
        if (route == null && exchange == null) {
            throw new CannotStart("Give --route NAME, or --exchange ID for a request on record.");
        }
        var body = JsonNodeFactory.instance.objectNode();
        put(body, "exchange", exchange);
        put(body, "route", route);
        put(body, "method", method);
        put(body, "prompt", prompt);
        put(body, "time", time);
        if (tool != null) {
            var named = body.putObject("tool").put("name", tool);
            put(named, "definition", definition);
            if (readOnlyHint != null) {
                named.put("readOnlyHint", readOnlyHint);
            }
        }
        if (arguments != null) {
            body.set("arguments", json(arguments));
        }
        if (!uris.isEmpty()) {
            uris.forEach(body.putArray("uris")::add);
        }
        people(body);
        wishes(body);
        return body;
    }

    private void people(ObjectNode body) {
        if (caller != null || !groups.isEmpty()) {
            var who = body.putObject("caller");
            put(who, "subject", caller);
            groups.forEach(who.putArray("groups")::add);
        }
        if (client != null || address != null) {
            var from = body.putObject("client");
            put(from, "name", client);
            put(from, "address", address);
        }
    }

    private void wishes(ObjectNode body) {
        if (wishReadOnly || wishActions != null) {
            var headers = body.putObject("headers");
            if (wishReadOnly) {
                headers.putArray("readOnlyMode").add("1");
            }
            if (wishActions != null) {
                headers.putArray("allowedActionsToRun").add(wishActions);
            }
        }
    }

    private static void put(ObjectNode body, String key, @Nullable Object value) {
        if (value != null) {
            body.put(key, value.toString());
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new CannotStart("--arguments " + text + " (expected: a JSON object): " + e.getOriginalMessage(), e);
        }
    }
}
