package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ConsoleClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Clock;

/// Another end of something, or none: one of the two has to be said.
final class EndOptions {
    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    private static final class Choice {
        @Option(
                names = "--at",
                paramLabel = "WHEN",
                required = true,
                description = "When it ends: " + EndText.FORMS + ".")
        private @Nullable String at;

        @Option(names = "--never", required = true, description = "It has no end, or none that is known.")
        private boolean never;
    }

    /// Changes the end of what has this address, and says it in a sentence.
    String change(ConsoleClient client, String address) {
        if (choice.never || choice.at == null) {
            client.delete(address + "/end");
            return "no end";
        }
        var end = EndText.read("--at", choice.at, Clock.systemUTC());
        return words(client.put(
                address + "/end", JsonNodeFactory.instance.objectNode().put("expiresAt", end.toString())));
    }

    /// When it ends now, in a sentence.
    static String words(JsonNode thing) {
        return thing.has("expiresAt") ? "ends at " + thing.path("expiresAt").asString() : "no end";
    }
}
