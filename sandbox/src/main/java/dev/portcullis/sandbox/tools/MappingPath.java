package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.ToolFailure;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The part of JQ that simple mappings use: a path such as `.metadata.name`, or a text in quotes.
sealed interface MappingPath {

    Pattern PATH = Pattern.compile("(\\.[A-Za-z_][A-Za-z0-9_-]*)+");
    Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    Optional<Object> read(JsonObject sample);

    static MappingPath of(String expression) {
        var text = TEXT.matcher(expression);
        if (text.matches()) {
            return new Text(text.group(1));
        }
        if (PATH.matcher(expression).matches()) {
            return new Path(List.of(expression.substring(1).split("\\.", -1)));
        }
        throw new ToolFailure("Cannot evaluate '%s'. The sandbox knows paths (.metadata.name) and texts (\"service\")."
                .formatted(expression));
    }

    /// The same value for every sample.
    record Text(String text) implements MappingPath {
        @Override
        public Optional<Object> read(JsonObject sample) {
            return Optional.of(text);
        }
    }

    /// The value at the end of nested keys.
    record Path(List<String> keys) implements MappingPath {
        @Override
        public Optional<Object> read(JsonObject sample) {
            var parent = sample;
            for (var key : keys.subList(0, keys.size() - 1)) {
                parent = parent.object(key);
            }
            return parent.value(keys.getLast());
        }
    }
}
