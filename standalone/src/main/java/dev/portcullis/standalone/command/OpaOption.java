package dev.portcullis.standalone.command;

import dev.portcullis.policy.rego.Opa;
import dev.portcullis.policy.rego.OpaException;
import dev.portcullis.standalone.process.CannotStart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/// The program that compiles and tests Rego.
final class OpaOption {
    @Option(names = "--opa", paramLabel = "PATH", description = "The program opa; otherwise the one on the PATH.")
    private @Nullable Path opa;

    /// @throws CannotStart when there is none, or it is none that works
    Opa required() {
        var path = Optional.ofNullable(opa)
                .or(() -> Opa.onPath(Optional.ofNullable(System.getenv("PATH")).orElse("")))
                .orElseThrow(
                        () -> new CannotStart(
                                "Rego needs the program opa (OPA 1.4 or a later 1.x): put it on the PATH, or give --opa PATH."));
        return at(path);
    }

    /// @throws CannotStart when it is none that works
    static Opa at(Path path) {
        try {
            return Opa.at(path);
        } catch (OpaException e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }
}
