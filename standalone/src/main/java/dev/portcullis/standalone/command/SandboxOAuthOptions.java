package dev.portcullis.standalone.command;

import dev.portcullis.configuration.Secret;
import dev.portcullis.sandbox.oauth.Fault;
import dev.portcullis.sandbox.oauth.Faults;
import dev.portcullis.sandbox.oauth.MachineClient;
import dev.portcullis.sandbox.oauth.SandboxOAuth;
import dev.portcullis.standalone.process.CannotStart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether and how the sandbox demands signing in.
final class SandboxOAuthOptions {
    @Option(
            names = "--oauth",
            description = "Demands signing in, and is the authorization server too; it agrees to everything by itself.")
    private boolean oauth;

    @Option(
            names = "--fault",
            paramLabel = "NAME[=N]",
            description = "What goes wrong, of the list below; may be repeated.")
    private List<String> faults = List.of();

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "Where clients reach it, without a path; where they reached it, if left out.")
    private @Nullable URI publicUrl;

    @Option(
            names = "--audience",
            paramLabel = "TEXT",
            description =
                    "Whom all tokens are for, whatever resource is asked for (" + SandboxOAuth.USUAL_AUDIENCE + ").")
    private @Nullable String audience;

    @Option(
            names = "--resource",
            paramLabel = "URL",
            description = "A resource that strict-resource knows besides the sandbox's own; may be repeated.")
    private List<String> resources = List.of();

    @Option(names = "--client-id", paramLabel = "ID", description = "The machine client's name (sandbox-client).")
    private @Nullable String clientId;

    @Option(
            names = "--client-secret-file",
            paramLabel = "FILE",
            description = "Holds the machine client's secret (sandbox-secret).")
    private @Nullable Path clientSecretFile;

    /// Shows what each fault does below the options.
    @Spec(Spec.Target.MIXEE)
    void describeFaults(CommandSpec command) {
        var lines = new ArrayList<String>(List.of("", "Faults (N is a number, with its default):"));
        for (var fault : Fault.values()) {
            lines.add("  " + fault.synopsis());
            lines.add("      " + fault.description());
        }
        lines.add("");
        command.usageMessage().footer(lines.toArray(String[]::new));
    }

    /// Nothing when signing in is not demanded.
    ///
    /// @throws CannotStart when an option is wrong, or of no use
    Optional<SandboxOAuth> read() {
        if (!oauth) {
            checkUnused();
            return Optional.empty();
        }
        try {
            var options = SandboxOAuth.STANDARD
                    .withFaults(Faults.parse(faults))
                    .withResources(resources)
                    .withMachine(machine());
            options = audience == null ? options : options.withAudience(audience);
            return Optional.of(publicUrl == null ? options : options.withPublicUrl(publicUrl));
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(wrong.getMessage() + ".", wrong);
        }
    }

    private void checkUnused() {
        var isUnused = faults.isEmpty()
                && resources.isEmpty()
                && publicUrl == null
                && audience == null
                && clientId == null
                && clientSecretFile == null;
        if (!isUnused) {
            throw new CannotStart("--fault and the other options of signing in need --oauth.");
        }
    }

    private MachineClient machine() {
        return new MachineClient(
                clientId == null ? MachineClient.PUBLISHED.id() : clientId,
                clientSecretFile == null ? MachineClient.PUBLISHED.secret() : secret(clientSecretFile));
    }

    private static Secret secret(Path file) {
        try {
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new CannotStart("--client-secret-file " + file + " cannot be read (" + e + ").", e);
        }
    }
}
