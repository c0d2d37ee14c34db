package dev.portcullis.policy.rego;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder that only its owner reads, with everything the compiler needs, until it is closed.
final class Workshop implements AutoCloseable {
    /// An organization's modules.
    static final String OWN = "own";
    /// The product's policy and the test kit.
    static final String PRODUCT = "product";
    static final String ASKING = PRODUCT + "/" + ProductRego.ASKING;
    static final String CAPABILITIES = "capabilities.json";
    static final String SCHEMA = "input.json";
    static final String PUBLISHED = "published.json";
    /// Brings together what modules of packages below `portcullis.custom` refuse.
    static final String GATHERED = "gathered.rego";

    private final Path folder;

    private Workshop(Path folder) {
        this.folder = folder;
    }

    static Workshop open(RegoModules modules) {
        try {
            var workshop = new Workshop(Files.createTempDirectory("portcullis-rego-"));
            try {
                workshop.furnish(modules);
                return workshop;
            } catch (RuntimeException e) {
                workshop.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the compiler", e);
        }
    }

    Path folder() {
        return folder;
    }

    void write(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    byte[] read(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private void furnish(RegoModules modules) {
        modules.modules().forEach(module -> write(OWN + "/" + module.path(), module.source()));
        ProductRego.policy().forEach(name -> write(PRODUCT + "/" + name, ProductRego.text(name)));
        write(PRODUCT + "/" + ProductRego.TESTING, ProductRego.text(ProductRego.TESTING));
        write(CAPABILITIES, ProductRego.text(CAPABILITIES));
        write(SCHEMA, InputTypes.schema());
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }
}
