package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.acceptance.RawClient.Answer;
import dev.portcullis.acceptance.provider.Accounts;
import tools.jackson.databind.JsonNode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// [SeparateParts] whose callers a real identity provider vouches for, in front of an upstream of the tests:
/// `tools` and `other` lead to where anybody may call, `guarded` to where the provider's own tokens are asked
/// for.
final class GuardedParts implements Closeable {
    static final String PUBLIC_URL = "https://mcp.acme.example";

    private final Path folder;
    private final Deque<Closeable> running = new ArrayDeque<>();
    private final List<String> keys = new ArrayList<>();
    private final RunningProvider provider;
    private final UpstreamServer upstream;
    private final SeparateParts parts;

    private GuardedParts(Path folder) throws IOException, SQLException {
        this.folder = folder;
        try {
            this.provider = running(RunningProvider.start(folder));
            this.upstream = running(UpstreamServer.start());
            makeMasterKey();
            this.parts = running(SeparateParts.start("guarded", folder, policy(), configuration()));
            provider.awaitReady();
            upstream.guard(provider.issuer(), provider.keys());
        } catch (IOException | SQLException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    static GuardedParts start(Path folder) throws IOException, SQLException {
        return new GuardedParts(folder);
    }

    RunningProvider provider() {
        return provider;
    }

    UpstreamServer upstream() {
        return upstream;
    }

    AdminApi api() {
        return parts.api();
    }

    RawClient first() {
        return new RawClient(parts.proxies().getFirst());
    }

    RawClient second() {
        return new RawClient(parts.proxies().getLast());
    }

    /// What clients know a route by, and tokens are issued for.
    static String url(String route) {
        return PUBLIC_URL + "/mcp/" + route;
    }

    /// Runs a command against the console.
    String portcullis(String... arguments) {
        return LaunchedCommand.run("guarded-" + arguments[0] + "-" + arguments[1], parts.access(), List.of(arguments));
    }

    String createKey(String name, String... options) {
        var arguments = Stream.concat(Stream.of("key", "create", name), Stream.of(options));
        var key = portcullis(arguments.toArray(String[]::new))
                .lines()
                .filter(line -> line.startsWith("pck_"))
                .findFirst()
                .orElseThrow();
        keys.add(key);
        return key;
    }

    JsonNode recordOf(Answer answer) {
        return api().recordOf(answer.exchange());
    }

    /// The answer is on record as refused for this reason, before anybody was known.
    void assertRefusal(Answer answer, String refusal) {
        var record = recordOf(answer);
        assertThat(record.required("refusal").asString()).isEqualTo(refusal);
        assertThat(record.required("outcome").asString()).isEqualTo("refused");
        assertThat(record.required("http_status").asInt()).isEqualTo(answer.status());
        assertThat(record.required("caller").isNull()).isTrue();
    }

    /// The secrets that stand in what all processes have printed, at the level they log at when nothing else
    /// is asked for.
    Set<String> secretsInLogs() throws IOException {
        var search = new SecretSearch();
        search.add("admin token", parts.access().get("PORTCULLIS_TOKEN"));
        search.add("client secret", Accounts.GATEWAYS_SECRET);
        provider.issued().forEach(token -> search.add("token", token));
        keys.forEach(key -> search.addApiKey("key", key));
        return search.inFiles(
                Path.of("target/processes"),
                file -> file.getFileName().toString().startsWith("guarded-"));
    }

    @Override
    public void close() throws IOException {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    private void makeMasterKey() {
        var file = folder.resolve("secrets.key").toString();
        LaunchedCommand.run("guarded-secrets", Map.of(), List.of("secrets", "new", file));
    }

    private String policy() {
        return """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  tools: {upstream: "%1$s/mcp", authentication: gateway}
                  other: {upstream: "%1$s/mcp", authentication: gateway}
                  guarded: {upstream: "%1$s/guarded", authentication: gateway, credential: provider}
                rules:
                  - id: contractors-do-not-deploy
                    match: {groups: [contractors]}
                    deniedTools: [deploy]
                """.formatted(upstream.at(""));
    }

    private SeparateParts.Extra configuration() {
        var proxy = """
                publicUrl: %1$s
                identity:
                  issuers:
                    corp: {issuer: "%2$s", clockSkew: 1s, interactive: true, scopes: [mcp]}
                    actions: {issuer: "%3$s", claims: {repository: acme/*}, groups: [ci]}
                upstreams: {allowedLoopback: ["%4$s", "%5$s"]}
                """.formatted(
                        PUBLIC_URL, provider.issuer(), provider.actions(), provider.authority(), upstream.authority());
        return new SeparateParts.Extra(proxy, "secrets: {key: 'file:secrets.key'}\n");
    }

    private <T extends Closeable> T running(T part) {
        running.push(part);
        return part;
    }
}
