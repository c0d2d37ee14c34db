package dev.portcullis.standalone.command;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.SecretsSettings;
import dev.portcullis.configuration.Settings;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.policy.PolicyOwner;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

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
                owner(section.section("policy")),
                TrailSettings.from(section));
    }

    private static PolicyOwner owner(Settings section) {
        var owner = section.string("owner", "console");
        var repository = section.optionalString("repository");
        if (!owner.equals("git")) {
            if (!owner.equals("console")) {
                section.reject("owner", "console or git");
            }
            repository.ifPresent(_ -> section.reject("repository", "no repository unless owner is git"));
            return new PolicyOwner.Console();
        }
        if (repository.filter(url -> url.matches("https?://[^\\s\"<>]+")).isEmpty()) {
            section.reject("repository", "the http or https URL where people find the document");
            return new PolicyOwner.Console();
        }
        return new PolicyOwner.Git(URI.create(repository.orElseThrow()));
    }
}
