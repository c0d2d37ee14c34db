package dev.portcullis.policy.recorded;

import dev.portcullis.policy.HiddenUrls;
import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.ValueDigests;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.util.List;

/// Writes [RecordedFacts] as JSON. What is absent, empty, or as most often, is left out: the facts of most
/// records are one key.
public final class FactsWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private FactsWriter() {}

    public static String write(RecordedFacts facts) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("subject", facts.subject().wireName());
            if (facts.wishes().readOnly()) {
                json.writeBooleanProperty("readOnly", true);
            }
            facts.wishes().allowedActions().ifPresent(actions -> texts(json, "allowedActions", actions));
            facts.definition().ifPresent(definition -> json.writeStringProperty("definition", definition));
            facts.readOnlyHint().ifPresent(hint -> json.writeBooleanProperty("readOnlyHint", hint));
            if (!facts.uris().isEmpty()) {
                texts(json, "uris", facts.uris());
            }
            facts.prompt().ifPresent(prompt -> json.writeStringProperty("prompt", prompt));
            if (!facts.altered().isEmpty()) {
                texts(
                        json,
                        "altered",
                        facts.altered().stream()
                                .map(RecordedFacts.Part::wireName)
                                .sorted()
                                .toList());
            }
            facts.arguments().filter(arguments -> !arguments.isWhole()).ifPresent(arguments -> write(json, arguments));
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, KeptArguments arguments) {
        json.writeObjectPropertyStart("arguments");
        arguments.digests().map(ValueDigests::keyName).ifPresent(key -> json.writeStringProperty("key", key));
        json.writeArrayPropertyStart("hidden");
        arguments.hidden().forEach(hidden -> write(json, hidden));
        json.writeEndArray();
        if (!arguments.urls().equals(HiddenUrls.NONE)) {
            write(json, arguments.urls());
        }
        if (!arguments.tests().isEmpty()) {
            json.writeObjectPropertyStart("tests");
            arguments.tests().forEach(json::writeBooleanProperty);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, HiddenValue hidden) {
        json.writeStartObject();
        json.writeStringProperty("at", hidden.at());
        json.writeStringProperty("kind", hidden.kind().wireName());
        hidden.digest().ifPresent(digest -> json.writeStringProperty("digest", digest));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, HiddenUrls urls) {
        json.writeObjectPropertyStart("urls");
        json.writeBooleanProperty("certain", urls.certain());
        json.writeBooleanProperty("kept", urls.kept());
        json.writeBooleanProperty("complete", urls.complete());
        json.writeArrayPropertyStart("hosts");
        urls.hosts().forEach(host -> {
            json.writeStartArray();
            host.forEach(json::writeString);
            json.writeEndArray();
        });
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String key, List<String> texts) {
        json.writeArrayPropertyStart(key);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }
}
