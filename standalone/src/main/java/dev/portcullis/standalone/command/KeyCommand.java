package dev.portcullis.standalone.command;

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
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `portcullis key`: API keys of callers.
@Command(
        name = "key",
        description = "Makes, lists and revokes API keys of callers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeyCommand.Create.class, KeyCommand.Listing.class, KeyCommand.Revoke.class})
public final class KeyCommand {

    /// `portcullis key create`: prints the key, this once.
    @Command(name = "create", description = "Makes a key and prints it, this once.", mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "Who its holder is.")
        private String name = "";

        @Option(
                names = "--route",
                paramLabel = "NAME",
                description = "What it is good for; repeatable. Every route when left out.")
        private List<String> routes = List.of();

        @Option(names = "--group", paramLabel = "NAME", description = "What its holder belongs to; repeatable.")
        private List<String> groups = List.of();

        @Option(
                names = "--network",
                paramLabel = "CIDR",
                description = "Where it may be used from; repeatable. Anywhere when left out.")
        private List<String> networks = List.of();

        @Option(
                names = "--expires",
                paramLabel = "WHEN",
                description = "When it ends: 90d, 2027-01-31 or 2027-01-31T12:00:00Z. Never when left out.")
        private @Nullable String expires;

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            var body = JsonNodeFactory.instance.objectNode().put("name", name);
            if (!routes.isEmpty()) {
                routes.forEach(body.putArray("routes")::add);
            }
            groups.forEach(body.putArray("groups")::add);
            networks.forEach(body.putArray("networks")::add);
            if (expires != null) {
                body.put(
                        "expiresAt",
                        EndText.read("--expires", expires, Clock.systemUTC()).toString());
            }
            try (var client = console.connect()) {
                var made = client.post("api-keys", body);
                var out = spec.commandLine();
                out.getOut().println(made.path("key").asString());
                out.getOut().flush();
                out.getErr()
                        .println("This is the only time that the key can be seen. Clients send it as"
                                + " `Authorization: Bearer pck_…`.");
            }
            return ExitCode.FINE;
        }
    }

    /// `portcullis key list`: never the keys themselves.
    @Command(name = "list", description = "Lists good keys.", mixinStandardHelpOptions = true)
    static final class Listing implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--all", description = "Those that were revoked too.")
        private boolean all;

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            try (var client = console.connect()) {
                var keys = client.get(all ? "api-keys?all=true" : "api-keys").path("items");
                keys.forEach(key -> out.println(line(key)));
                if (keys.isEmpty()) {
                    out.println("There is no key.");
                }
            }
            return ExitCode.FINE;
        }

        private static String line(JsonNode key) {
            return key.path("name").asString() + "  pck_" + key.path("prefix").asString() + "_…  routes "
                    + (key.has("routes") ? texts(key.path("routes")) : "all") + ", groups "
                    + texts(key.path("groups")) + ", "
                    + (key.has("expiresAt") ? "until " + key.path("expiresAt").asString() : "no end") + ", "
                    + (key.has("lastUsedAt")
                            ? "last used " + key.path("lastUsedAt").asString() + " from "
                                    + key.path("lastUsedAddress").asString()
                            : "never used")
                    + (key.has("revokedAt")
                            ? ", revoked " + key.path("revokedAt").asString()
                            : "");
        }

        private static String texts(JsonNode list) {
            return list.isEmpty()
                    ? "none"
                    : list.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
        }
    }

    /// `portcullis key revoke`: by name or id.
    @Command(
            name = "revoke",
            description = "Makes a key worthless, for ever, on every replica within a second.",
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "The name of a good key, or its id.")
        private String name = "";

        @Mixin
        private ConsoleOptions console = new ConsoleOptions();

        @Override
        public Integer call() {
            try (var client = console.connect()) {
                var id = client.get("api-keys")
                        .path("items")
                        .valueStream()
                        .filter(key -> key.path("name").asString().equals(name)
                                || key.path("id").asString().equals(name))
                        .map(key -> key.path("id").asString())
                        .findFirst()
                        .orElseThrow(() -> new Refused("There is no good key " + name + "."));
                client.delete("api-keys/" + id);
                spec.commandLine().getOut().println("Revoked: key " + name + ".");
            }
            return ExitCode.FINE;
        }
    }
}
