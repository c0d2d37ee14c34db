package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.acceptance.provider.Accounts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Uses a secret of every kind, well and badly, while everything that can log logs all it can; and then looks
/// for each of them in all that the run has written and answered. What is logged by default is a part of
/// that.
class SecretsAreNowhereIT {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private static Path folder;

    private final Sightings sightings = new Sightings();

    @Test
    void secretsStandWhereTheyMustAndNowhereElse() throws Exception {
        // Given
        var data = folder.resolve("data");
        var temporary = Files.createDirectory(folder.resolve("temporary"));
        try (var provider = RunningProvider.start(folder);
                var upstream = UpstreamServer.start()) {
            try (var gateway = launch(data, temporary, provider, upstream)) {
                provider.awaitReady();
                learnWhatTheStartMadeUp(data, gateway);

                // When
                var console = new ConsoleTour(gateway, upstream, sightings);
                console.publishRoutes();
                console.setCredentials();
                console.signIn();
                console.makeMistakes(adminToken(data));
                var key = newKey(gateway);
                useTheGateway(new RawClient(gateway.proxy()), provider, key);
                gateway.api()
                        .recordOf(new RawClient(gateway.proxy())
                                .get("/the-last-one")
                                .exchange());
                var enquiry = new Enquiry(gateway, data, sightings);
                enquiry.askTheConsole();
                enquiry.askTheManagement();
                enquiry.askTheDatabase();
                enquiry.askTheDoctor(folder, key);
            }
            upstream.received().forEach(request -> sightings.see("heads that upstreams got", request.split("\n")[0]));
        }

        // Then
        assertThat(sightings.of(data, temporary, Path.of("target/processes")))
                .containsExactlyInAnyOrder(
                        // Where the commands on this machine find it; only its owner can read it.
                        "admin-token: admin token",
                        // What the installation decrypts its secrets with; only its owner can read it.
                        "secrets.key: master key",
                        // How the installation gets into its database; only its owner can read it.
                        "postgresql/password: database password",
                        // The first start shows it, once.
                        "nowhere-up.log: first password",
                        // A client gets back what it chose itself for an id and for a tool.
                        "what comes back: altered key",
                        "what comes back: key",
                        "what comes back: opaque token",
                        "what comes back: token",
                        "what comes back: token of another person",
                        "what comes back: token with a broken signature",
                        // An upstream gets the credential that is set for it.
                        "heads that upstreams got: static header",
                        "heads that upstreams got: token of OAuth",
                        "heads that upstreams got: token of Port",
                        // The upstream of a passthrough route gets its client's.
                        "heads that upstreams got: opaque token",
                        // What is not the caller's own credential, in a field that is for none, is the client's affair.
                        "heads that upstreams got: token of another person");
    }

    private static Gateway launch(Path data, Path temporary, RunningProvider provider, UpstreamServer upstream)
            throws IOException {
        var config = Files.writeString(folder.resolve("portcullis.yaml"), """
                proxy:
                  publicUrl: https://mcp.acme.example
                  identity:
                    failures: 1000000
                    issuers: {corp: {issuer: "%s"}}
                """.formatted(provider.issuer()));
        var tracing = Path.of("target/test-classes/tracing").toAbsolutePath();
        var options = List.of(
                "-Dlogback.configurationFile=" + tracing.resolve("logback.xml"),
                "-Djava.util.logging.config.file=" + tracing.resolve("logging.properties"),
                "-Djava.io.tmpdir=" + temporary);
        return Gateway.up(
                "nowhere-up",
                data,
                Map.of("PORTCULLIS_JAVA_OPTIONS", String.join(" ", options)),
                "--config=" + config,
                "--upstream=upstream=" + upstream.at("/mcp"),
                // Only to let it be reached on this machine.
                "--upstream=provider=http://" + provider.authority() + "/mcp");
    }

    private void learnWhatTheStartMadeUp(Path data, Gateway gateway) throws IOException {
        sightings.secret("admin token", adminToken(data));
        sightings.secret(
                "master key",
                JSON.readTree(Files.readString(data.resolve("secrets.key")))
                        .required("key")
                        .required(0)
                        .required("keyData")
                        .required("value")
                        .asString());
        sightings.secret(
                "database password",
                Files.readString(data.resolve("postgresql/password")).strip());
        sightings.secret("first password", gateway.firstPassword().orElseThrow());
    }

    private static String adminToken(Path data) throws IOException {
        return Files.readString(data.resolve("admin-token")).strip();
    }

    private String newKey(Gateway gateway) {
        var made = gateway.api().send("POST", "/api-keys", "application/json", "{\"name\":\"somebody\"}");
        var key = JSON.readTree(made.body()).required("key").asString();
        sightings.apiKey("key", key);
        return key;
    }

    private void useTheGateway(RawClient client, RunningProvider provider, String key) {
        var authorization = "Authorization: Bearer " + key;
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> client.call("keyed", "look", authorization).status() == 200);
        for (var route : List.of("port", "oauth", "refusing", "echoing")) {
            sightings.see(
                    "answers of the gateway",
                    client.call(route, "look", authorization).toString());
        }
        var alteredKey = Sightings.altered(key);
        sightings.apiKey("altered key", alteredKey);
        misplace(new MisplacedSecret(client, "keyed", authorization, key));
        misplace(new MisplacedSecret(client, "keyed", authorization, alteredKey));
        misplace(new MisplacedSecret(client, "passing", authorization, key));

        var token = provider.tokenOf("alice", "https://mcp.acme.example/mcp/keyed");
        var broken = Sightings.altered(token);
        sightings.secret("token", token);
        sightings.secret("token with a broken signature", broken);
        sightings.secret("password of a person", Accounts.passwordOf("alice"));
        misplace(new MisplacedSecret(client, "keyed", "Authorization: Bearer " + token, token));
        misplace(new MisplacedSecret(client, "keyed", "Authorization: Bearer " + broken, broken));
        var others = Sightings.altered(provider.tokenOf("carol", "https://mcp.acme.example/mcp/keyed"));
        sightings.secret("token of another person", others);
        misplace(new MisplacedSecret(client, "keyed", authorization, others));

        var opaque = sightings.newSecret("opaque token");
        misplace(new MisplacedSecret(client, "passing", "Authorization: Bearer " + opaque, opaque));
    }

    private void misplace(MisplacedSecret secret) {
        secret.everywhere(answer -> sightings.see("answers of the gateway", answer.toString()));
        secret.whereItComesBack().forEach(answer -> sightings.see("what comes back", answer.toString()));
    }
}
