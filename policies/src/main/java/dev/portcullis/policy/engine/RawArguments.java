package dev.portcullis.policy.engine;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// The arguments of a call as they are, for rules that are not the product's.
final class RawArguments {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RawArguments() {}

    /// Copies one JSON value.
    ///
    /// @throws NoAnswer when it is none, or has a key twice
    static void copy(String argumentsJson, JsonGenerator target) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), argumentsJson)) {
            if (parser.nextToken() == null) {
                throw new NoAnswer("the arguments of the call cannot be read");
            }
            target.copyCurrentStructure(parser);
            if (parser.nextToken() != null) {
                throw new NoAnswer("the arguments of the call cannot be read");
            }
        } catch (JacksonException e) {
            throw new NoAnswer("the arguments of the call cannot be read");
        }
    }
}
