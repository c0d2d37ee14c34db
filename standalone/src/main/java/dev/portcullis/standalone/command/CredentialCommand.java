package dev.portcullis.standalone.command;

import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

/// `portcullis credential`: what the gateway shows upstreams.
@Command(
        name = "credential",
        description = "Sets, lists, ends and removes credentials that the gateway shows upstreams.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CredentialCommand.Setting.class,
            CredentialCommand.Listing.class,
            CredentialCommand.Expire.class,
            CredentialCommand.Removal.class
        })
public final class CredentialCommand {
    /// What a credential can be.
    enum Kind {
        HEADER,
        PORT,
        CLIENT_CREDENTIALS
    }

    /// `portcullis credential set`: the secret comes from a file or standard input, where other users of
    /// the machine do not see it.
    @Command(
            name = "set",
            description = "Adds a credential, or replaces the one of that name.",
            mixinStandardHelpOptions = true)
    static final class Setting implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "By which routes name it.")
        private String name = "";

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                required = true,
                description = "${COMPLETION-CANDIDATES}, in any case.")
        private Kind kind = Kind.HEADER;

        @Option(
                names = "--upstream",
                paramLabel = "URL",
                required = true,
                description = "Origin of an upstream that may be shown it, such as https://mcp.port.io (repeatable).")
        private List<String> upstreams = List.of();

        @Option(names = "--header", paramLabel = "NAME", description = "Of the header, for kind header.")
        private @Nullable String header;

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                description = "Of the token endpoint, such as https://api.getport.io/v1/auth/access_token.")
        private @Nullable String endpoint;

        @Option(names = "--client-id", paramLabel = "ID", description = "Of the client.")
        private @Nullable String clientId;

        @Option(names = "--scope", paramLabel = "SCOPE", description = "To ask for, for kind client_credentials.")
        private @Nullable String scope;

        @Option(
                names = "--resource",
                paramLabel = "URL",
                description = "That the token is for, for kind client_credentials.")
        private @Nullable String resource;

        @Option(
                names = "--secret-file",
                paramLabel = "FILE",
                required = true,
                description = "Holds the header's value or the client secret; - for standard input.")
        private Path secretFile = Path.of("-");

        @Option(
                names = "--expires",
                paramLabel = "WHEN",
                description = "When the secret ends, for people: " + EndText.FORMS + ". Not known when left out.")
        private @Nullable String expires;

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            var body = JsonNodeFactory.instance
                    .objectNode()
                    .put("kind", kind.name().toLowerCase(java.util.Locale.ROOT));
            var settings = body.putObject("settings");
            upstreams.forEach(settings.putArray("upstreams")::add);
            put(settings, "header", header);
            put(settings, "endpoint", endpoint);
            put(settings, "clientId", clientId);
            put(settings, "scope", scope);
            put(settings, "resource", resource);
            body.put("secret", secret());
            if (expires != null) {
                body.put(
                        "expiresAt",
                        EndText.read("--expires", expires, Clock.systemUTC()).toString());
            }
            try (var client = console.connect()) {
                var set = client.put("credentials/" + name, body);
                spec.commandLine()
                        .getOut()
                        .println("Credential " + name + " is set (revision "
                                + set.path("revision").asLong()
                                + "). A route with `authentication: gateway` and `credential: " + name + "` shows it.");
            }
            return ExitCode.FINE;
        }

        private String secret() {
            try {
                var text = secretFile.equals(Path.of("-"))
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                        : Files.readString(secretFile);
                return text.replaceFirst("\\R\\z", "");
            } catch (IOException e) {
                throw new CannotStart("--secret-file " + secretFile + " cannot be read (" + e + ").", e);
            }
        }

        private static void put(ObjectNode settings, String key, @Nullable String value) {
            if (value != null) {
                settings.put(key, value);
            }
        }
    }

    /// `portcullis credential list`: never the secrets.
    @Command(name = "list", description = "Lists credentials, without their secrets.", mixinStandardHelpOptions = true)
    static final class Listing implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            try (var client = console.connect()) {
                var credentials = client.get("credentials").path("items");
                credentials.forEach(credential -> out.println(line(credential)));
                if (credentials.isEmpty()) {
                    out.println("There is no credential.");
                }
            }
            return ExitCode.FINE;
        }

        private static String line(JsonNode credential) {
            return credential.path("name").asString() + "  "
                    + credential.path("kind").asString() + "  "
                    + credential.path("settings") + "  revision "
                    + credential.path("revision").asLong() + ", by "
                    + credential.path("updatedBy").asString() + " at "
                    + credential.path("updatedAt").asString() + ", " + EndOptions.words(credential);
        }
    }

    /// `portcullis credential expire`.
    @Command(
            name = "expire",
            description =
                    "Says when the secret of a credential ends. The gateway goes on showing it; the overview tells.",
            mixinStandardHelpOptions = true)
    static final class Expire implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "Of the credential.")
        private String name = "";

        @Mixin
        private EndOptions end = new EndOptions();

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            try (var client = console.connect()) {
                var changed = end.change(client, "credentials/" + name);
                spec.commandLine().getOut().println("Changed: credential " + name + ", " + changed + ".");
            }
            return ExitCode.FINE;
        }
    }

    /// `portcullis credential remove`.
    @Command(
            name = "remove",
            description = "Removes a credential; routes that name it cannot be used any more.",
            mixinStandardHelpOptions = true)
    static final class Removal implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "Of the credential.")
        private String name = "";

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            try (var client = console.connect()) {
                client.delete("credentials/" + name);
                spec.commandLine().getOut().println("Removed: credential " + name + ".");
            }
            return ExitCode.FINE;
        }
    }
}
