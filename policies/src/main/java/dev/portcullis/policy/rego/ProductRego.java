package dev.portcullis.policy.rego;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The product's own Rego and what belongs to it, as this jar holds it.
public final class ProductRego {
    /// The file that asks an organization's modules; compiled together with them.
    static final String ASKING = "organization.rego";
    /// The test kit, package `portcullis.testing`.
    static final String TESTING = "testing.rego";

    private static final List<String> POLICY = List.of(
            "conditions.rego",
            "decision.rego",
            "explanation.rego",
            "kills.rego",
            "lists.rego",
            "names.rego",
            ASKING,
            "restrictions.rego",
            "wishes.rego");

    private ProductRego() {}

    /// The names of the sources that decide.
    static List<String> policy() {
        return POLICY;
    }

    /// One of the sources, or `capabilities.json`.
    public static String text(String name) {
        try (var stream = ProductRego.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from this jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
