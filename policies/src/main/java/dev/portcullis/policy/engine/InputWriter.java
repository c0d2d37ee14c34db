package dev.portcullis.policy.engine;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.profile.Actions;
import dev.portcullis.policy.profile.ToolClass;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a [PolicyInput] as the JSON of `schemas/input.schema.json`, which every engine takes.
///
/// Whatever needs a parser or a table is resolved here: the class of a tool, the action of a call, the
/// form of an address, the hosts of URLs. Immutable; used by many threads.
public final class InputWriter {
    /// One fixed form in UTC, so that the order of times is the order of their texts.
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, PolicyFacts> routes = new HashMap<>();
    private final DomainsWriter domains;
    private final ResolvedConditions conditions;
    private final boolean withArguments;
    private final boolean aboutActions;

    /// For the product's own rules, which never look at arguments as they are.
    public InputWriter(PolicyDocument document) {
        this(document, false);
    }

    /// @param withArguments whether the arguments of calls are part of the input, as an organization's own
    ///     rules want them
    public InputWriter(PolicyDocument document, boolean withArguments) {
        this.withArguments = withArguments;
        conditions = new ResolvedConditions(document);
        domains = new DomainsWriter(document);
        aboutActions = document.rules().stream().anyMatch(Questions::areAboutActions);
        document.routes().forEach((name, route) -> routes.put(name, PolicyFacts.of(document, route)));
    }

    /// The input as UTF-8.
    ///
    /// @throws RuntimeException when a name is not valid Unicode; it could be read as another one
    ///     further on
    public byte[] write(PolicyInput input) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("exchange", input.exchange().toString());
            json.writeStringProperty("organization", input.organization());
            json.writeStringProperty("time", TIME.format(input.time()));
            writeSet(json, "times", conditions.openAt(input.time()));
            var facts = Optional.ofNullable(routes.get(input.route()));
            json.writeObjectPropertyStart("route");
            json.writeStringProperty("name", input.route());
            facts.ifPresent(
                    known -> json.writeStringProperty("profile", known.profile().name()));
            domains.upstream(json, input.route());
            json.writeEndObject();
            writeCaller(json, input.caller());
            writeClient(json, input.client(), conditions);
            writeWishes(json, input);
            writeQuestion(json, input, facts);
            domains.reached(json, input.route(), () -> reached(input.question()));
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeCaller(JsonGenerator json, PolicyInput.CallerFacts caller) {
        json.writeObjectPropertyStart("caller");
        caller.subject().ifPresent(subject -> json.writeStringProperty("subject", unicode(subject)));
        json.writeStringProperty("kind", caller.kind());
        writeTexts(json, "groups", caller.groups());
        json.writeBooleanProperty("verified", caller.verified());
        json.writeEndObject();
    }

    private static void writeClient(JsonGenerator json, PolicyInput.ClientFacts client, ResolvedConditions conditions) {
        var address = normal(client.address());
        json.writeObjectPropertyStart("client");
        client.name().ifPresent(name -> json.writeStringProperty("name", unicode(name)));
        client.version().ifPresent(version -> json.writeStringProperty("version", unicode(version)));
        json.writeStringProperty("address", address.getHostAddress());
        writeTexts(json, "networks", conditions.networksOf(address));
        json.writeEndObject();
    }

    private static void writeWishes(JsonGenerator json, PolicyInput input) {
        json.writeObjectPropertyStart("wishes");
        json.writeBooleanProperty("readOnly", input.wishes().readOnly());
        input.wishes().allowedActions().ifPresent(actions -> writeTexts(json, "allowedActions", actions));
        json.writeEndObject();
    }

    private void writeQuestion(JsonGenerator json, PolicyInput input, Optional<PolicyFacts> facts) {
        switch (input.question()) {
            case Question.Connection connection -> json.writeStringProperty("question", "connection");
            case Question.Message message -> {
                json.writeStringProperty("question", "message");
                message.method().ifPresent(method -> json.writeStringProperty("method", unicode(method)));
                if (!message.uris().isEmpty()) {
                    writeTexts(json, "uris", message.uris());
                }
                message.prompt().ifPresent(prompt -> json.writeStringProperty("prompt", unicode(prompt)));
            }
            case Question.Methods asked -> {
                json.writeStringProperty("question", "methods");
                writeTexts(json, "methods", asked.methods());
            }
            case Question.ToolCall call ->
                writeCall(json, input, call.method(), call.tool(), CallArguments.of(call), facts);
            case Question.RecordedCall call ->
                writeCall(json, input, call.method(), call.tool(), CallArguments.of(call), facts);
            case Question.ToolList list -> {
                json.writeStringProperty("question", "toolList");
                json.writeStringProperty("method", "tools/list");
                json.writeArrayPropertyStart("tools");
                list.tools().forEach(tool -> writeTool(json, tool, facts));
                json.writeEndArray();
            }
            case Question.PromptList list -> {
                json.writeStringProperty("question", "promptList");
                json.writeStringProperty("method", "prompts/list");
                writeTexts(json, "prompts", list.prompts());
            }
            case Question.ResourceList list -> {
                json.writeStringProperty("question", "resourceList");
                json.writeStringProperty("method", "resources/list");
                json.writeArrayPropertyStart("resources");
                var budget = ReachedDomains.budget(list.uris());
                list.uris().forEach(uri -> writeResource(json, uri, budget));
                json.writeEndArray();
            }
        }
    }

    private ReachedDomains reached(Question question) {
        return switch (question) {
            case Question.Message message -> ReachedDomains.inUris(message.uris());
            case Question.ToolCall call -> CallArguments.of(call).reached(domains);
            case Question.RecordedCall call -> CallArguments.of(call).reached(domains);
            case Question.Connection other -> ReachedDomains.NONE;
            case Question.Methods other -> ReachedDomains.NONE;
            case Question.ToolList other -> ReachedDomains.NONE;
            case Question.PromptList other -> ReachedDomains.NONE;
            case Question.ResourceList other -> ReachedDomains.NONE;
        };
    }

    private void writeCall(
            JsonGenerator json,
            PolicyInput input,
            String method,
            ListedTool tool,
            CallArguments arguments,
            Optional<PolicyFacts> facts) {
        json.writeStringProperty("question", "toolCall");
        json.writeStringProperty("method", unicode(method));
        json.writeName("tool");
        writeTool(json, tool, facts);
        facts.map(known -> arguments.actions(known, tool).orElseGet(() -> unknownActions(input)))
                .filter(Actions::executes)
                .ifPresent(actions -> writeActions(json, actions));
        if (conditions.arguments().any()) {
            writeSet(json, "argumentTests", arguments.holding(conditions.arguments()));
        }
        if (withArguments) {
            json.writeName("arguments");
            arguments.copy(json);
        }
    }

    /// Of a record that does not hold them. Where nobody asks for them, it does not matter.
    private Actions unknownActions(PolicyInput input) {
        if (aboutActions || input.wishes().allowedActions().isPresent()) {
            throw new NoAnswer("a rule is about actions, and the record hides which one the call executes");
        }
        return Actions.NONE;
    }

    private static void writeActions(JsonGenerator json, Actions actions) {
        json.writeObjectPropertyStart("action");
        writeTexts(json, "identifiers", actions.identifiers());
        json.writeBooleanProperty("certain", actions.certain());
        json.writeEndObject();
    }

    private void writeResource(JsonGenerator json, String uri, Readings.Budget budget) {
        json.writeStartObject();
        json.writeStringProperty("uri", unicode(uri));
        domains.named(json, () -> ReachedDomains.inUris(List.of(uri), budget));
        json.writeEndObject();
    }

    private static void writeTool(JsonGenerator json, ListedTool tool, Optional<PolicyFacts> facts) {
        json.writeStartObject();
        json.writeStringProperty("name", unicode(tool.name()));
        json.writeStringProperty(
                "class",
                facts.map(known -> known.classify(tool).toolClass())
                        .orElse(ToolClass.WRITE)
                        .wireName());
        json.writeBooleanProperty(
                "executes", facts.map(known -> known.executes(tool)).orElse(false));
        json.writeStringProperty(
                "review",
                facts.map(known -> known.review(tool)).orElse(ToolReview.NEW).wireName());
        tool.definition().ifPresent(definition -> json.writeStringProperty("definition", definition));
        tool.readOnlyHint().ifPresent(hint -> {
            json.writeObjectPropertyStart("annotations");
            json.writeBooleanProperty("readOnlyHint", hint);
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    /// As an object, in which the policy finds a member at once; left out when it is empty.
    private static void writeSet(JsonGenerator json, String key, List<String> members) {
        if (!members.isEmpty()) {
            json.writeObjectPropertyStart(key);
            members.forEach(member -> json.writeBooleanProperty(member, true));
            json.writeEndObject();
        }
    }

    private static void writeTexts(JsonGenerator json, String key, Iterable<String> texts) {
        json.writeArrayPropertyStart(key);
        texts.forEach(text -> json.writeString(unicode(text)));
        json.writeEndArray();
    }

    /// The same text. One half of a surrogate pair could be read as another name further on, so it is
    /// no name at all.
    private static String unicode(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !Character.isSupplementaryCodePoint(text.codePointAt(i++))) {
                throw new NoAnswer("a name in the request is not valid Unicode");
            }
        }
        return text;
    }

    /// Without zone, and an IPv4 address even when it came in the clothes of IPv6.
    private static InetAddress normal(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of 4 or 16 bytes is always valid", impossible);
        }
    }
}
