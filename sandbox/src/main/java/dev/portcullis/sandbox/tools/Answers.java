package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.JsonObject;

import java.util.List;

/// The few shapes that the tools' results have in common.
final class Answers {

    private Answers() {}

    static JsonObject list(String name, List<JsonObject> documents) {
        return JsonObject.of(name, documents).with("count", documents.size());
    }

    static JsonObject changed(String name, JsonObject document, boolean created) {
        return JsonObject.of("ok", true).with("created", created).with(name, document);
    }

    static JsonObject deleted(String identifier) {
        return JsonObject.of("ok", true).with("deleted", identifier);
    }

    /// The document with nothing but these fields, as far as it has them.
    static JsonObject summary(JsonObject document, String... fields) {
        var summary = JsonObject.EMPTY;
        for (var field : fields) {
            var value = document.value(field);
            if (value.isPresent()) {
                summary = summary.with(field, value.get());
            }
        }
        return summary;
    }
}
