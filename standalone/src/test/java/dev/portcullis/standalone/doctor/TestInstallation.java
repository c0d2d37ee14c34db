package dev.portcullis.standalone.doctor;

import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.Console;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.proxy.RunningProxy;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.sandbox.SandboxServer;
import dev.portcullis.secrets.MasterKey;
import dev.portcullis.standalone.client.ConsoleAddress;
import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.process.ProxyReplica;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gateway with its console on a real PostgreSQL, and upstreams of which some are well and most are
/// not. One for all tests that need one.
final class TestInstallation implements AutoCloseable {
    private static final String DATABASE_PASSWORD_VARIABLE = "PORTCULLIS_DATABASE_PASSWORD";
    /// Of every upstream credential.
    static final String CREDENTIAL_SECRET = "cl1ent-s3cret-of-acme";

    /// Somebody wrote it into a rule.
    static final String SECRET_IN_POLICY = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    private static final Secret MASTER_KEY = MasterKey.generate();

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final TestDatabase database = running(TestDatabase.create());
    private final Path folder = Files.createTempDirectory("portcullis-doctor");
    private final PlayedIssuer issuer = running(new PlayedIssuer());
    private final PlayedUpstream upstream = running(new PlayedUpstream());
    private final BrokenPeer silent = running(BrokenPeer.silent());
    private final SandboxServer sandbox =
            running(SandboxServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    private final int closedPort = closedPort();
    private final TlsServer port;
    private final String token;
    private final ConsoleClient client;
    private final RunningProxy proxy;
    private final URI console;

    TestInstallation() throws Exception {
        var authority = TlsServer.authority();
        var authorities = TlsServer.file(folder, authority);
        port = running(new TlsServer(
                TlsServer.certificate().addSanDnsName("mcp.us.port.io").buildIssuedBy(authority)));
        token = FirstStart.prepare(database.dataSource()).adminToken().orElseThrow();
        FirstStart.publishFirst(database.dataSource(), policy(), "test");
        console = URI.create("http://127.0.0.1:" + startConsole() + "/");
        client = running(new ConsoleClient(new ConsoleAddress(console, new Secret(token))));
        storeCredentials();
        proxy = running(replica("replica-1", """
                upstreams:
                  sandbox: http://127.0.0.1:%1$d/{route}/v1
                  authorities: %2$s
                  connectTimeout: 1s
                  allowedLoopback: [%3$s, %4$s, 127.0.0.1:%1$d, 127.0.0.1:%5$d, 127.0.0.1:%6$d, mcp.us.port.io:%7$d]
                """.formatted(
                        sandbox.port(),
                        authorities,
                        upstream.authority(),
                        issuer.authority(),
                        silent.port(),
                        closedPort,
                        port.port())));
        Files.writeString(folder.resolve("console-url"), console + "\n");
        Files.writeString(folder.resolve("admin-token"), token + "\n");
    }

    /// Another replica of the same gateway, with these settings in its section `proxy`.
    RunningProxy replica(String name, String settings) {
        return ProxyReplica.start(configuration(name, settings));
    }

    PlayedIssuer issuer() {
        return issuer;
    }

    PlayedUpstream upstream() {
        return upstream;
    }

    /// An upstream that never answers.
    String silent() {
        return "127.0.0.1:" + silent.port();
    }

    /// As an operator would use it.
    ConsoleClient client() {
        return client;
    }

    URI console() {
        return console;
    }

    String adminToken() {
        return token;
    }

    Secret masterKey() {
        return MASTER_KEY;
    }

    TestDatabase database() {
        return database;
    }

    /// Where a client finds a route.
    String endpoint(String route) {
        return "http://127.0.0.1:" + proxy.port() + "/mcp/" + route;
    }

    /// Where nobody listens.
    String endpointOfNobody() {
        return "http://127.0.0.1:" + closedPort;
    }

    int port() {
        return proxy.port();
    }

    /// Has the doctor examine a route, with the help of the console.
    DoctorRun examine(String route, String... words) {
        return examineAt(endpoint(route), words);
    }

    DoctorRun examineAt(String endpoint, String... words) {
        var all = new ArrayList<>(List.of("--data", folder.toString(), endpoint));
        all.addAll(List.of(words));
        return DoctorRun.with(all);
    }

    /// Has the doctor examine a route as a client that shows this.
    DoctorRun examineWith(String shown, String route, String... words) throws IOException {
        var all = new ArrayList<>(List.of("--token-file", tokenFile(shown)));
        all.addAll(List.of(words));
        return examine(route, all.toArray(String[]::new));
    }

    String tokenFile(String shown) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "token", ""), shown + "\n")
                .toString();
    }

    /// Makes an API key, and waits until the gateway knows it.
    String key(String name, ObjectNode order) throws IOException {
        var key = client.post("api-keys", order.put("name", name)).path("key").asString();
        var wanted =
                "portcullis_api_keys " + client.get("api-keys").path("items").size() + ".0";
        await().atMost(Duration.ofSeconds(5)).until(() -> metrics().contains(wanted));
        return key;
    }

    void revoke(String name) {
        client.get("api-keys")
                .path("items")
                .valueStream()
                .filter(key -> key.path("name").asString().equals(name))
                .forEach(key -> client.delete("api-keys/" + key.path("id").asString()));
    }

    /// Engages a kill, and waits until the gateway obeys.
    JsonNode kill(ObjectNode order) {
        var kill = client.post("kills", order);
        var id = kill.path("id").asString();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> client.get("kills")
                        .path("items")
                        .valueStream()
                        .filter(one -> one.path("id").asString().equals(id))
                        .anyMatch(one -> !one.path("acknowledgements").isEmpty()));
        return kill;
    }

    static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot be stopped", e);
            }
        }
    }

    private String policy() {
        return """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  port-eu: {upstream: sandbox, profile: port}
                  everything: {upstream: sandbox, profile: port}
                  keyed: {upstream: "%1$s/json", authentication: gateway}
                  json: {upstream: "%1$s/json", authentication: open}
                  streamed: {upstream: "%1$s/sse", authentication: open}
                  modern: {upstream: "%1$s/modern", authentication: open}
                  empty: {upstream: "%1$s/empty", profile: port, authentication: open}
                  blind: {upstream: sandbox, profile: port}
                  fenced: {upstream: "%1$s/json", authentication: open}
                  staff: {upstream: "%1$s/json", authentication: gateway}
                  killable: {upstream: "%1$s/json", authentication: open}
                  down: {upstream: "http://127.0.0.1:%2$d/mcp", authentication: open}
                  slow: {upstream: "http://127.0.0.1:%3$d/mcp", authentication: open}
                  html: {upstream: "%1$s/html", authentication: open}
                  elsewhere: {upstream: "%1$s/nothing", authentication: open}
                  metadata-service: {upstream: "http://169.254.169.254/mcp", authentication: open}
                  bare: {upstream: "%1$s/guarded", authentication: gateway}
                  unstored: {upstream: "%1$s/guarded", authentication: gateway, credential: nowhere}
                  refused: {upstream: "%1$s/guarded", authentication: gateway, credential: header}
                  unrefreshed: {upstream: "%1$s/guarded", authentication: gateway, credential: refused-token}
                  port-us: {upstream: "https://mcp.us.port.io:%4$d/v1", authentication: passthrough}
                  port-us-machine: {upstream: "https://mcp.us.port.io:%4$d/v1", authentication: gateway, credential: eu}
                  forbidden: {upstream: "%1$s/forbidden", authentication: passthrough}
                rules:
                  - {id: read-only, match: {routes: [port-eu]}, readOnly: true, message: Ask the platform team.}
                  - {id: nothing, match: {routes: [blind]}, allowedTools: []}
                  - {id: office, match: {routes: [fenced]}, allowedNetworks: [203.0.113.0/24]}
                  - {id: employees, match: {routes: [staff]}, except: {groups: [staff]}, deny: true, message: Staff only.}
                  - {id: leaky, match: {routes: [elsewhere]}, deniedTools: [x], message: "Ask, or use %5$s."}
                """.formatted(
                        "http://" + upstream.authority(), closedPort, silent.port(), port.port(), SECRET_IN_POLICY);
    }

    /// One of each kind, and none that is accepted.
    private void storeCredentials() {
        storeCredential("header", "header", json().put("header", "X-Upstream-Key"));
        storeCredential(
                "refused-token",
                "client_credentials",
                json().put("endpoint", upstream.at("/token")).put("clientId", "c"));
        storeCredential(
                "eu",
                "port",
                json().put("endpoint", "https://api.getport.io/v1/auth/access_token")
                        .put("clientId", "c"));
    }

    private void storeCredential(String name, String kind, ObjectNode settings) {
        var upstreams = JsonNodeFactory.instance.arrayNode();
        upstreams.add(upstream.at("")).add("https://mcp.us.port.io:" + port.port());
        client.put(
                "credentials/" + name,
                json().put("kind", kind)
                        .put("secret", CREDENTIAL_SECRET)
                        .set("settings", settings.set("upstreams", upstreams)));
    }

    private int startConsole() {
        return running(Console.start(new ConsoleSettings(
                        InetAddress.getLoopbackAddress(),
                        0,
                        new DatabaseSettings(database.url(), database.user(), new Secret(database.password())),
                        "http://127.0.0.1:1",
                        Optional.of(MASTER_KEY))))
                .port();
    }

    private ProxyConfig configuration(String replica, String settings) {
        return ConfigurationFile.parse(
                        """
                        database: {url: "%s", user: "%s"}
                        secrets: {key: '%s'}
                        replica: %s
                        management: {listen: "127.0.0.1:0"}
                        proxy:
                          listen: 127.0.0.1:0
                          identity:
                            failures: 1000
                            issuers:
                              corp: {issuer: "%5$s", keys: "%5$s/keys"}
                              gone: {issuer: "http://127.0.0.1:%6$d", keys: "http://127.0.0.1:%6$d/keys"}
                        %7$s""".formatted(
                                        database.url(),
                                        database.user(),
                                        MASTER_KEY.reveal(),
                                        replica,
                                        issuer.url(),
                                        closedPort,
                                        settings.indent(2)),
                        Map.of(
                                DATABASE_PASSWORD_VARIABLE,
                                database.password(),
                                "PORTCULLIS_PROXY_AUDIT_JOURNAL_DIRECTORY",
                                folder.resolve("journal-" + replica).toString()))
                .read(ProxyConfig::read);
    }

    private String metrics() throws IOException {
        try (var in = URI.create("http://127.0.0.1:" + proxy.managementPort() + "/metrics")
                .toURL()
                .openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private <T extends AutoCloseable> T running(T part) {
        running.push(part);
        return part;
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
