package dev.portcullis.policy.rego;

import dev.portcullis.policy.PolicyInput;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The schema of the input as far as OPA's type checker understands it: a misspelt key is found when
/// the module is checked, and not by a rule that never matches.
final class InputTypes {
    private static final List<String> NOT_UNDERSTOOD = List.of("allOf", "dependentRequired", "$id", "$schema");

    private InputTypes() {}

    static String schema() {
        var json = JsonMapper.shared();
        try (var stream = PolicyInput.class.getResourceAsStream("schemas/input.schema.json")) {
            var schema = (ObjectNode) json.readTree(existing(stream));
            schema.remove(NOT_UNDERSTOOD);
            return json.writeValueAsString(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream existing(@Nullable InputStream stream) {
        if (stream == null) {
            throw new IllegalStateException("input.schema.json is missing from this jar");
        }
        return stream;
    }
}
