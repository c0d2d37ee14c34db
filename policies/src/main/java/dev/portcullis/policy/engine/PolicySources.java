package dev.portcullis.policy.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The Rego sources of the policy, as they lie in this jar.
final class PolicySources {
    /// All of `src/main/rego/portcullis` but the tests.
    static final List<String> NAMES = List.of(
            "conditions",
            "decision",
            "explanation",
            "kills",
            "lists",
            "names",
            "organization",
            "restrictions",
            "wishes");

    private PolicySources() {}

    /// By file name.
    static SortedMap<String, byte[]> shipped() {
        var modules = new TreeMap<String, byte[]>();
        NAMES.forEach(name -> modules.put(name + ".rego", read("/dev/portcullis/policy/rego/" + name + ".rego")));
        return modules;
    }

    private static byte[] read(String resource) {
        try (var stream = PolicySources.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
