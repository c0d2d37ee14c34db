package dev.portcullis.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.catalog.ToolCatalog;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.CallLimitSettings;
import dev.portcullis.proxy.config.ChainSettings;
import dev.portcullis.proxy.config.EngineSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.ManagementSettings;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.exchange.AdmissionFlow;
import dev.portcullis.proxy.exchange.Bindings;
import dev.portcullis.proxy.exchange.EndpointMetadata;
import dev.portcullis.proxy.exchange.ExchangeId;
import dev.portcullis.proxy.exchange.PolicyNow;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Step;
import dev.portcullis.proxy.exchange.ToolHeaders;
import dev.portcullis.proxy.exchange.Validity;
import dev.portcullis.proxy.exchange.Verb;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.LoopMark;
import dev.portcullis.proxy.http.Peer;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.proxy.identity.Authenticator;
import dev.portcullis.proxy.identity.Revocations;
import dev.portcullis.proxy.limit.CallLimits;
import dev.portcullis.proxy.outbound.NameService;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.sync.Database;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;

/// Any text at all as the head of a request: nothing gets as far as a route that a browser's page on a
/// foreign name, or a client with two minds about the host, could have sent.
class ScreeningFuzzTest {
    private static final ProxyConfig CONFIG = new ProxyConfig(
            "replica-1",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            false,
            Set.of("gateway.example"),
            Optional.empty(),
            Set.of("https://app.example"),
            Limits.defaults(),
            ManagementSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            new DatabaseSettings("jdbc:postgresql://localhost/none", "none", new Secret("none")),
            Upstreams.defaults(),
            AuditSettings.defaults(),
            Optional.empty(),
            IdentitySettings.none(),
            Optional.empty(),
            AddressSettings.direct(),
            new EngineSettings.Embedded(),
            PolicySettings.usual(),
            CallLimitSettings.defaults(),
            ChainSettings.defaults());
    private static final PolicyDocument DOCUMENT = new PolicyDocument("acme", Map.of(), List.of(), Map.of());
    private static final PolicySnapshot POLICY = new PolicySnapshot(
            1, DOCUMENT, List.of(), input -> Eventual.now(new Decision.Undecided(1, "nobody comes that far")));
    private static final Revocations REVOCATIONS = new Revocations(Clock.systemUTC());
    private static final Authenticator AUTHENTICATOR = new Authenticator(
            IdentitySettings.none(),
            new ApiKeys(Clock.systemUTC()),
            REVOCATIONS,
            new OutboundHttp(Upstreams.defaults(), NameService.ofSystem(Runnable::run), tls()),
            Clock.systemUTC(),
            Runnable::run,
            new byte[32]);
    private static final AdmissionFlow FLOW = new AdmissionFlow(
            CONFIG,
            new LoopMark("0"),
            new PolicyNow(() -> POLICY, Clock.systemUTC()),
            AUTHENTICATOR,
            new Validity(AUTHENTICATOR, REVOCATIONS),
            new Bindings(new Seals(new byte[Seals.KEY_BYTES])),
            new ToolHeaders(),
            new ToolCatalog(Clock.systemUTC()),
            routed -> CompletableFuture.completedStage(new EndpointMetadata.Found.None()),
            CallLimits.start(
                    new CallLimitSettings(CallLimitSettings.Store.LOCAL, Duration.ofSeconds(1), 1, 1),
                    new Database(CONFIG.database()),
                    outcome -> {}));
    private static final String HOST = "(localhost|127\\.0\\.0\\.1|\\[::1]|gateway\\.example)(:[0-9]*)?";

    private static SSLContext tls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @FuzzTest
    void head(byte[] input) {
        var head = FuzzedHead.of(input);
        var space = head.startLine().indexOf(' ');
        var method = space < 0 ? "POST" : head.startLine().substring(0, space);
        var target = head.startLine().substring(space + 1);
        var headers = head.headers();
        var step = FLOW.admitHead(
                new Stage.Received(
                        new ExchangeId(new UUID(0x7000, 1)),
                        Instant.EPOCH,
                        method,
                        target,
                        headers,
                        new Peer(CONFIG.listen().getAddress(), "http", headers.first("host"), Optional.empty())),
                Runnable::run);
        if (step instanceof Step.Answered<?> answered) {
            assertThat(method).isEqualTo("OPTIONS");
            assertThat(((Stage.Screened) answered.last()).verb()).isEqualTo(Verb.PREFLIGHT);
            return;
        }
        assertThat(step).isInstanceOf(Step.Refused.class);
        // No route exists, so this is as far as anything can come.
        if (step instanceof Step.Refused<?> refused && refused.last() instanceof Stage.Screened screened) {
            assertScreened(screened, method, target);
            assertHead(screened.verb() == Verb.METADATA, method, headers);
        }
    }

    private static void assertScreened(Stage.Screened screened, String method, String target) {
        if (screened.verb() == Verb.METADATA) {
            assertThat(method).isEqualTo("GET");
            assertThat(target).matches("/\\.well-known/oauth-protected-resource/mcp/[a-z0-9][a-z0-9-]{0,62}");
        } else {
            assertThat(method).isIn("POST", "GET", "DELETE");
            assertThat(target).matches("/mcp/[a-z0-9][a-z0-9-]{0,62}");
        }
        // Another port of the gateway's host may be somebody else's.
        screened.endpoint()
                .publicUrl()
                .ifPresentOrElse(
                        url -> assertThat(url).matches("http://" + HOST + "/mcp/" + screened.routeName()),
                        () -> assertThat(screened.received().headers().first("host"))
                                .hasValueSatisfying(host -> assertThat(host).matches("(?i)gateway\\.example:[0-9]+")));
    }

    private static void assertHead(boolean forAnyOrigin, String method, HeaderFields headers) {
        assertThat(headers.all("host"))
                .singleElement()
                .satisfies(host -> assertThat(host.toLowerCase(Locale.ROOT)).matches(HOST));
        var host = headers.all("host").getFirst().toLowerCase(Locale.ROOT);
        assertThat(headers.all("origin"))
                .satisfiesAnyOf(
                        origins -> assertThat(forAnyOrigin).isTrue(),
                        origins -> assertThat(origins)
                                .hasSizeLessThan(2)
                                .allMatch(origin -> List.of("https://app.example", "http://" + host, "https://" + host)
                                        .contains(origin.toLowerCase(Locale.ROOT))));
        if (method.equals("POST")) {
            assertThat(headers.all("content-type"))
                    .singleElement()
                    .satisfies(type ->
                            assertThat(type.toLowerCase(Locale.ROOT).strip()).startsWith("application/json"));
            assertThat(headers.all("content-encoding"))
                    .allMatch(coding -> coding.strip().equalsIgnoreCase("identity"));
        } else {
            assertThat(headers.all("transfer-encoding")).isEmpty();
            assertThat(headers.all("content-length").stream().limit(1))
                    .allMatch(length -> length.strip().equals("0"));
        }
    }
}
