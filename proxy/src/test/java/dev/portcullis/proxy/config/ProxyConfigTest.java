package dev.portcullis.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.ConfigurationException;
import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.configuration.Secret;
import dev.portcullis.policy.document.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class ProxyConfigTest {
    private static final String DATABASE = """
            database: {url: "jdbc:postgresql://localhost/portcullis", user: portcullis, password: hush}
            """;

    @Test
    void defaultsAreThoseOfOneMachine() {
        // When
        var config = read(DATABASE);

        // Then
        assertThat(config.replica()).isNotBlank();
        assertThat(config.listen().getAddress().isLoopbackAddress()).isTrue();
        assertThat(config.listen().getPort()).isEqualTo(8080);
        assertThat(config.management().listen().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(config.management().listen().getPort()).isEqualTo(9090);
        assertThat(config.publishedOnLoopback()).isFalse();
        assertThat(config.publicHosts()).isEmpty();
        assertThat(config.allowedOrigins()).isEmpty();
        assertThat(config.limits()).isEqualTo(Limits.defaults());
        assertThat(config.upstreams()).isEqualTo(Upstreams.defaults());
        assertThat(config.audit())
                .isEqualTo(AuditSettings.defaults()
                        .with(Durability.Journal.in(Path.of("journal").toAbsolutePath())));
        assertThat(config.callLimits()).isEqualTo(CallLimitSettings.defaults());
        assertThat(config).asString().doesNotContain("hush");
    }

    @Test
    void everyKeyIsRead() {
        // When
        var config = read(DATABASE + """
                replica: proxy-7
                proxy:
                  listen: 0.0.0.0:8443
                  publishedOnLoopback: true
                  publicHosts: [MCP.port.io, gateway.acme.example]
                  allowedOrigins: ["https://app.acme.example", "http://localhost:6274"]
                  limits: {body: 1MiB, headers: 8KiB, jsonDepth: 32, list: 2MiB, event: 3MiB, idle: 1m, responseHead: 10s, exchanges: 50, requestHead: 5s,
                           streamsPerCaller: 7, streamsPerConnection: 8, streamIdle: 10m, total: 1h}
                  upstreams: {sandbox: "http://sandbox:8090/{route}/v1", allowedLoopback: ["LocalHost:3001"], connectTimeout: 1s, connectionsPerHost: 9,
                              nameServers: ["9.9.9.9", "[2620:fe::fe]:5353"], allowedNetworks: [10.20.0.0/16]}
                  audit: {queue: 100, memory: 1MiB, flush: 10ms, batch: 20, durability: memory}
                  callLimits: {store: local, deadline: 100ms, waiting: 5, buckets: 6}
                management: {listen: "127.0.0.1:9191"}
                """);

        // Then
        assertThat(config.replica()).isEqualTo("proxy-7");
        assertThat(config.listen().getPort()).isEqualTo(8443);
        assertThat(config.publishedOnLoopback()).isTrue();
        assertThat(config.publicHosts()).containsExactlyInAnyOrder("mcp.port.io", "gateway.acme.example");
        assertThat(config.allowedOrigins())
                .containsExactlyInAnyOrder("https://app.acme.example", "http://localhost:6274");
        assertThat(config.limits())
                .isEqualTo(new Limits(
                        1 << 20,
                        8 << 10,
                        32,
                        2 << 20,
                        3 << 20,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10),
                        50,
                        Duration.ofSeconds(5),
                        new StreamLimits(7, 8, Duration.ofMinutes(10), Duration.ofHours(1))));
        assertThat(config.upstreams())
                .isEqualTo(new Upstreams(
                        Optional.of("http://sandbox:8090/{route}/v1"),
                        Set.of("localhost:3001"),
                        Duration.ofSeconds(1),
                        9,
                        Optional.empty(),
                        List.of(new InetSocketAddress("9.9.9.9", 53), new InetSocketAddress("2620:fe::fe", 5353)),
                        Set.of(Network.parse("10.20.0.0/16").orElseThrow())));
        assertThat(config.audit()).isEqualTo(new AuditSettings(100, 1 << 20, Duration.ofMillis(10), 20));
        assertThat(config.callLimits())
                .isEqualTo(new CallLimitSettings(CallLimitSettings.Store.LOCAL, Duration.ofMillis(100), 5, 6));
        assertThat(config.management().listen().getPort()).isEqualTo(9191);
        assertThat(config.database().url()).isEqualTo("jdbc:postgresql://localhost/portcullis");
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        assertThatThrownBy(() -> read("""
                        proxy:
                          listen: nowhere
                          limits: {body: 1, idle: 99d, exchanges: 0, jsonDepht: 3}
                          audit: {flush: 5s, durability: none, journal: {size: 1MiB}}
                        """))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "proxy.listen: nowhere",
                        "proxy.limits.body: 1 (expected: 1024 to 268435456)",
                        "proxy.limits.idle: 99d (expected: PT1S to PT24H)",
                        "proxy.limits.exchanges: 0",
                        "proxy.limits.jsonDepht",
                        "did you mean jsonDepth?",
                        "proxy.audit.flush: 5s",
                        "proxy.audit.durability: none",
                        "proxy.audit.journal.size: 1MiB",
                        "database.url",
                        "database.password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy: {publicHosts: [\"host:80\"]}",
                "proxy: {allowedOrigins: [\"https://a.example/path\"]}",
                "proxy: {upstreams: {sandbox: \"ftp://x\"}}",
                "proxy: {callLimits: {store: redis}}",
                "proxy: {callLimits: {deadline: 1ms}}",
                "proxy: {callLimits: {buckets: 0}}",
                "proxy: {upstreams: {allowedLoopback: [localhost]}}",
                "proxy: {upstreams: {nameServers: [dns.example]}}",
                "proxy: {upstreams: {allowedNetworks: [10.0.0.1/8]}}",
                "proxy: {upstreams: {allowedNetworks: [0.0.0.0/0]}}",
                "proxy: {upstreams: {allowedNetworks: [127.0.0.0/8]}}",
                "replica: \"a b\""
            })
    void wrongValueIsNamedWithWhatIsExpected(String yaml) {
        assertThatThrownBy(() -> read(DATABASE + yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void replicaHasAKillSwitchOfItsOwnOnlyWithATokenAndAFile() {
        assertThat(read(DATABASE + "management: {listen: \"127.0.0.1:9191\"}")
                        .management()
                        .kills())
                .isEmpty();
        var kills = read(DATABASE + "management: {kills: {token: a-token-nobody-can-guess, file: kills.json}}")
                .management()
                .kills()
                .orElseThrow();
        assertThat(kills.token().reveal()).isEqualTo("a-token-nobody-can-guess");
        assertThat(kills.file()).hasFileName("kills.json");
        assertThat(kills.remote()).isFalse();
        for (var wrong : List.of(
                "{token: a-token-nobody-can-guess}",
                "{file: kills.json}",
                "{remote: true}",
                "{token: short, file: kills.json}")) {
            assertThatThrownBy(() -> read(DATABASE + "management: {kills: " + wrong + "}"))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("management.kills.")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("short"));
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:0,false,true", "[::1]:0,false,true", "0.0.0.0:0,false,false", "0.0.0.0:0,true,true"})
    void openRoutesNeedALoopbackListener(String listen, boolean published, boolean mayServe) {
        var config = read(DATABASE + "proxy: {listen: \"" + listen + "\", publishedOnLoopback: " + published + "}");

        assertThat(config.mayServeOpenRoutes()).isEqualTo(mayServe);
    }

    @Test
    void tlsNamesItsFilesFromTheConfigurationOn(@TempDir Path folder) throws Exception {
        // Given
        for (var name : List.of("gateway.pem", "gateway.key", "clients.pem", "own.pem")) {
            Files.writeString(folder.resolve(name), "x");
        }
        var file = Files.writeString(folder.resolve("portcullis.yaml"), DATABASE + """
                proxy:
                  tls: {certificate: gateway.pem, key: gateway.key, clientCertificates: optional, clientAuthorities: clients.pem}
                  upstreams: {authorities: own.pem}
                """);

        // When
        var config = ConfigurationFile.load(file, Map.of()).read(ProxyConfig::read);

        // Then
        assertThat(config.tls())
                .hasValue(new TlsSettings(
                        folder.resolve("gateway.pem"),
                        folder.resolve("gateway.key"),
                        TlsSettings.ClientCertificates.OPTIONAL,
                        Optional.of(folder.resolve("clients.pem")),
                        Map.of()));
        assertThat(config.upstreams().authorities()).hasValue(folder.resolve("own.pem"));
        assertThat(config.mayServeOpenRoutes()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{key: here.pem}|proxy.tls.certificate: missing",
                "{certificate: here.pem}|proxy.tls.key: missing",
                "{certificate: nowhere.pem, key: here.pem}|proxy.tls.certificate: nowhere.pem (expected: a file",
                "{certificate: here.pem, key: here.pem, clientCertificates: maybe}|proxy.tls.clientCertificates: maybe",
                "{certificate: here.pem, key: here.pem, clientCertificates: required}|proxy.tls.clientAuthorities: missing",
                "{certificate: here.pem, key: here.pem, clientAuthorities: here.pem}|proxy.tls.clientAuthorities: here.pem",
                "{clientCertificates: required}|proxy.tls.certificate: missing"
            })
    void halfConfiguredTlsIsRefused(String tls, String message, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("here.pem"), "x");
        var file = Files.writeString(folder.resolve("portcullis.yaml"), DATABASE + "proxy: {tls: " + tls + "}");

        assertThatThrownBy(() -> ConfigurationFile.load(file, Map.of()).read(ProxyConfig::read))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void opaServerIsReadWithItsUsualSettings() {
        // When
        var config = read(DATABASE + "proxy: {policy: {engine: opa, opa: {url: 'http://127.0.0.1:8181/'}}}");

        // Then
        assertThat(config.engine()).isEqualTo(EngineSettings.Opa.at(URI.create("http://127.0.0.1:8181")));
        assertThat(read(DATABASE).engine()).isEqualTo(new EngineSettings.Embedded());
    }

    @Test
    void everyKeyOfAnOpaServerIsRead(@TempDir Path folder) throws Exception {
        // Given
        var authorities = Files.writeString(folder.resolve("ca.pem"), "x");
        Files.writeString(folder.resolve("token"), "hush");
        var file = Files.writeString(folder.resolve("portcullis.yaml"), DATABASE + """
                proxy:
                  policy:
                    engine: opa
                    opa: {url: "https://opa.acme.example/team", token: "file:token", authorities: ca.pem, timeout: 2s, connections: 7, answer: 64KiB}
                """);

        // When
        var config = ConfigurationFile.load(file, Map.of()).read(ProxyConfig::read);

        // Then
        assertThat(config.engine())
                .usingRecursiveComparison()
                .isEqualTo(new EngineSettings.Opa(
                        URI.create("https://opa.acme.example/team"),
                        Optional.of(new Secret("hush")),
                        Optional.of(authorities),
                        Duration.ofSeconds(2),
                        7,
                        64 << 10));
        assertThat(config).asString().doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{engine: wasm}|proxy.policy.engine: wasm (expected: embedded or opa)",
                "{engine: opa}|proxy.policy.opa.url: missing",
                "{opa: {url: 'http://opa:8181'}}|proxy.policy.engine: missing (expected: opa, since",
                "{engine: opa, opa: {url: 'ftp://opa'}}|proxy.policy.opa.url: ftp://opa",
                "{engine: opa, opa: {url: 'http://me:secret@opa'}}|proxy.policy.opa.url",
                "{engine: opa, opa: {url: 'http://opa?x=1'}}|proxy.policy.opa.url",
                "{engine: opa, opa: {url: 'http://opa', timeout: 1h}}|proxy.policy.opa.timeout",
                "{engine: opa, opa: {url: 'http://opa', connections: 0}}|proxy.policy.opa.connections: 0",
                "{engine: opa, opa: {url: 'http://opa', answer: 1}}|proxy.policy.opa.answer: 1",
                "{engine: opa, opa: {url: 'http://opa', authorities: nowhere.pem}}|proxy.policy.opa.authorities",
                "{engine: opa, opa: {url: 'http://opa', retries: 3}}|proxy.policy.opa.retries"
            })
    void wrongEngineIsRefused(String policy, String message) {
        assertThatThrownBy(() -> read(DATABASE + "proxy: {policy: " + policy + "}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void sandboxServesEachRouteAtItsOwnAddress() {
        var upstreams = upstreams("http://127.0.0.1:8090/{route}/v1");

        assertThat(upstreams.sandbox("port-eu")).hasValue(URI.create("http://127.0.0.1:8090/port-eu/v1"));
    }

    @Test
    void loopbackUpstreamsNeedLeave() throws Exception {
        // Given
        var upstreams = new Upstreams(
                Optional.empty(), Set.of("localhost:3001"), Duration.ofSeconds(1), 1, Optional.empty(), List.of());
        var loopback = InetAddress.getLoopbackAddress();

        // Then
        assertThat(upstreams.permits("LOCALHOST", loopback, 3001)).isTrue();
        assertThat(upstreams.permits("localhost", loopback, 3002)).isFalse();
        assertThat(upstreams.permits("rebound.example", loopback, 3001)).isFalse();
        assertThat(upstreams.permits("any.example", InetAddress.getByName("0.0.0.0"), 80))
                .isFalse();
        assertThat(upstreams.permits("mcp.port.io", InetAddress.getByName("9.9.9.9"), 443))
                .isTrue();
    }

    @Test
    void wrongLimitRefusesToExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditSettings(0, 1 << 20, Duration.ofMillis(1), 1))
                .withMessage("queue: 0 (expected: 1 to 10000000)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> upstreams("not a url {route}"))
                .withMessageContaining("sandboxUrl");
    }

    private static Upstreams upstreams(String sandbox) {
        return new Upstreams(Optional.of(sandbox), Set.of(), Duration.ofSeconds(1), 1, Optional.empty(), List.of());
    }

    private static ProxyConfig read(String yaml) {
        return ConfigurationFile.parse(yaml, Map.of()).read(ProxyConfig::read);
    }
}
