package dev.portcullis.standalone.command;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.SecretsSettings;
import dev.portcullis.configuration.Settings;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.signin.SignInSettings;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Reads the console's settings from the sections `console`, `database`, `secrets` and `policy`.
final class ConsoleConfiguration {
    private static final InetSocketAddress LISTEN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081);
    private static final String GATEWAY = "http://127.0.0.1:8080";

    private ConsoleConfiguration() {}

    static ConsoleSettings read(Settings file) {
        var section = file.section("console");
        var listen = section.address("listen", LISTEN);
        var gateway = section.string("gatewayUrl", GATEWAY);
        var database = DatabaseSettings.from(file);
        if (!gateway.matches("https?://[^/?#]+/?")) {
            section.reject("gatewayUrl", "http://host or https://host, with a port where needed and without a path");
            gateway = GATEWAY;
        }
        return new ConsoleSettings(
                listen.getAddress(),
                listen.getPort(),
                database,
                gateway,
                SecretsSettings.from(file),
                PolicySettings.from(file),
                PolicyOwner.from(section),
                TrailSettings.from(section),
                SignInSettings.from(section));
    }
}
