package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `portcullis token`: the tokens of programs that use the console's REST API.
@Command(
        name = "token",
        description = "Makes, lists, ends and revokes tokens of programs that use the console's REST API.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TokenCommand.Create.class,
            TokenCommand.Listing.class,
            TokenCommand.Expire.class,
            TokenCommand.Revoke.class
        })
public final class TokenCommand {

    /// `portcullis token create`: prints the token, this once.
    @Command(name = "create", description = "Makes a token and prints it, this once.", mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "Whose it is.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                description = "admin changes things, auditor reads everything, publisher reads the policy and publishes"
                        + " documents; repeatable.")
        private List<String> roles = List.of();

        @Option(
                names = "--expires",
                paramLabel = "WHEN",
                description = "From when it is refused: " + EndText.FORMS + ". Never when left out.")
        private @Nullable String expires;

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            var body = JsonNodeFactory.instance.objectNode().put("name", name);
            roles.forEach(role -> body.withArray("roles").add(role.toUpperCase(Locale.ROOT)));
            if (expires != null) {
                body.put(
                        "expiresAt",
                        EndText.read("--expires", expires, Clock.systemUTC()).toString());
            }
            try (var client = console.connect()) {
                var made = client.post("admin-tokens", body);
                var out = spec.commandLine();
                out.getOut().println(made.path("token").asString());
                out.getOut().flush();
                out.getErr().println("This is the only time that the token can be seen.");
            }
            return ExitCode.FINE;
        }
    }

    /// `portcullis token list`: never the tokens themselves.
    @Command(name = "list", description = "Lists good tokens.", mixinStandardHelpOptions = true)
    static final class Listing implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            try (var client = console.connect()) {
                var out = spec.commandLine().getOut();
                client.get("admin-tokens")
                        .path("items")
                        .valueStream()
                        .filter(token -> !token.has("revokedAt"))
                        .forEach(token -> out.println(token.path("name").asString() + "  roles "
                                + token.path("roles")
                                        .valueStream()
                                        .map(role -> role.asString().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(","))
                                + ", made " + token.path("createdAt").asString() + ", "
                                + EndOptions.words(token)));
            }
            return ExitCode.FINE;
        }
    }

    /// `portcullis token expire`: by name.
    @Command(
            name = "expire",
            description = "Changes when a good token ends. From then on it is refused, for ever.",
            mixinStandardHelpOptions = true)
    static final class Expire implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "The name of a good token.")
        private String name = "";

        @Mixin
        private EndOptions end = new EndOptions();

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            try (var client = console.connect()) {
                var changed = end.change(client, "admin-tokens/" + goodToken(client, name));
                spec.commandLine().getOut().println("Changed: token " + name + ", " + changed + ".");
            }
            return ExitCode.FINE;
        }
    }

    /// Among those of one name the good one is the newest.
    private static String goodToken(ConsoleClient client, String name) {
        return client.get("admin-tokens")
                .path("items")
                .valueStream()
                .filter(token -> token.path("name").asString().equals(name) && !token.has("revokedAt"))
                .map((JsonNode token) -> token.path("id").asString())
                .findFirst()
                .orElseThrow(() -> new Refused("There is no good token " + name + "."));
    }

    /// `portcullis token revoke`: by name.
    @Command(name = "revoke", description = "Makes a token worthless, for ever.", mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "The name of a good token.")
        private String name = "";

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            try (var client = console.connect()) {
                client.delete("admin-tokens/" + goodToken(client, name));
                spec.commandLine().getOut().println("Revoked: token " + name + ".");
            }
            return ExitCode.FINE;
        }
    }
}
