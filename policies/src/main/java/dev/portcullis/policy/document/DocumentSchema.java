package dev.portcullis.policy.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The JSON Schema of policy documents. Whatever it refuses the reader refuses; what no schema can say,
/// such as that ids are different, only the reader does.
public final class DocumentSchema {
    private static final String RESOURCE = "/dev/portcullis/policy/schemas/policy.schema.json";

    private DocumentSchema() {}

    /// As it is published.
    public static String text() {
        try (var stream = Objects.requireNonNull(DocumentSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
