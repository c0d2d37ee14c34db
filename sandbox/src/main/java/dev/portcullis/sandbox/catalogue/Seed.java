package dev.portcullis.sandbox.catalogue;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The data a new catalogue starts with, from the JSON files beside this class.
final class Seed {

    private static final TypeRef<List<Map<String, Object>>> DOCUMENTS = new TypeRef<>() {};

    private final Catalogue catalogue;

    Seed(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    void plant() {
        plant("blueprints", catalogue.blueprints());
        read("entities").forEach(entity -> catalogue.entities().put(entity.text("blueprint", ""), entity, true));
        plant("scorecards", catalogue.scorecards().shelf());
        plant("actions", catalogue.actions());
        plant("permissions", catalogue.permissions());
        plant("workflows", catalogue.workflows());
        plant("integrations", catalogue.integrations());
        plant("folders", catalogue.folders());
        plant("pages", catalogue.pages());
        plant("plugins", catalogue.plugins());
        plant("knowledge", catalogue.knowledge());
        plant("skills", catalogue.skills());
    }

    private static void plant(String name, Shelf shelf) {
        read(name).forEach(document -> shelf.put(document.text("identifier", ""), document));
    }

    private static List<JsonObject> read(String name) {
        var file = name + ".json";
        try (var stream = Seed.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "seed: %s is missing (expected: beside %s)".formatted(file, Seed.class));
            }
            return McpJsonDefaults.getMapper().readValue(stream.readAllBytes(), DOCUMENTS).stream()
                    .map(JsonObject::new)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException("seed: " + file + " cannot be read", broken);
        }
    }
}
