package dev.portcullis.policy.rego;

import org.junit.jupiter.api.Assumptions;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The `opa` that tests use: named by the environment variable `OPA`, or found on the PATH. Without one
/// they say so loudly and are skipped.
public final class TestOpa {
    private TestOpa() {}

    public static Optional<Path> path() {
        return Optional.ofNullable(System.getenv("OPA"))
                .map(Path::of)
                .or(() -> Opa.onPath(Optional.ofNullable(System.getenv("PATH")).orElse("")));
    }

    public static Opa required() {
        var path = path();
        if (path.isEmpty()) {
            System.err.println("""
                    ==========================================================================
                    SKIPPED: no opa binary (set OPA, or put it on the PATH). An organization's
                    own Rego was NOT compiled and NOT evaluated.
                    ==========================================================================""");
        }
        Assumptions.assumeTrue(path.isPresent(), "no opa binary");
        return Opa.at(path.get());
    }

    /// One module, compiled without a document.
    public static CompiledRego compile(String source) {
        var compiler = new RegoCompiler(required());
        var modules = new RegoModules(List.of(new RegoModule("policy.rego", source)));
        return switch (compiler.compile(modules, "{}")) {
            case Compilation.Compiled compiled -> compiled.program();
            case Compilation.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }
}
