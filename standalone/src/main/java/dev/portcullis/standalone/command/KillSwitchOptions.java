package dev.portcullis.standalone.command;

import dev.portcullis.standalone.client.ConsoleClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whose kill switch: that of the console, for all replicas, or that of one replica alone.
final class KillSwitchOptions {
    @Option(
            names = "--management",
            paramLabel = "URL",
            description =
                    "The management port of one replica, such as http://127.0.0.1:9090: for that replica alone, and"
                            + " without console and database. Its token is --token or PORTCULLIS_MANAGEMENT_TOKEN,"
                            + " or that of `portcullis up` on --data.")
    private @Nullable String management;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    boolean isOfOneReplica() {
        return management != null;
    }

    ConsoleClient connect() {
        return management == null ? console.connect() : console.connectToReplica(management);
    }
}
