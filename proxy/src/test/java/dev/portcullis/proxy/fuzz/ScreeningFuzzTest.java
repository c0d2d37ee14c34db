package dev.portcullis.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.exchange.AdmissionFlow;
import dev.portcullis.proxy.exchange.Bindings;
import dev.portcullis.proxy.exchange.ExchangeId;
import dev.portcullis.proxy.exchange.SessionSoftware;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Step;
import dev.portcullis.proxy.exchange.ToolHeaders;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.identity.Authenticator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Any text at all as the head of a request: nothing gets as far as a route that a browser's page on a
/// foreign name, or a client with two minds about the host, could have sent.
class ScreeningFuzzTest {
    private static final ProxyConfig CONFIG = new ProxyConfig(
            "replica-1",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            false,
            Set.of("gateway.example"),
            Set.of("https://app.example"),
            Limits.defaults(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new DatabaseSettings("jdbc:postgresql://localhost/none", "none", new Secret("none")),
            Upstreams.defaults(),
            AuditSettings.defaults(),
            Optional.empty());
    private static final AdmissionFlow FLOW = new AdmissionFlow(
            CONFIG,
            () -> {
                throw new Screened();
            },
            new Authenticator(),
            new SessionSoftware(),
            new Bindings(new Seals(new byte[Seals.KEY_BYTES])),
            new ToolHeaders());
    private static final String HOST = "(localhost|127\\.0\\.0\\.1|\\[::1]|gateway\\.example)(:[0-9]*)?";

    /// Thrown in place of a policy, when a request has come that far.
    private static final class Screened extends RuntimeException {
        private static final long serialVersionUID = 1;

        Screened() {
            super("screened", null, false, false);
        }
    }

    @FuzzTest
    void head(byte[] input) {
        var head = FuzzedHead.of(input);
        var space = head.startLine().indexOf(' ');
        var method = space < 0 ? "POST" : head.startLine().substring(0, space);
        var target = head.startLine().substring(space + 1);
        var headers = head.headers();
        try {
            assertThat(FLOW.admitHead(new Stage.Received(
                            new ExchangeId(new UUID(0x7000, 1)),
                            Instant.EPOCH,
                            method,
                            target,
                            headers,
                            CONFIG.listen().getAddress())))
                    .isInstanceOf(Step.Refused.class);
        } catch (Screened e) {
            assertThat(method).isIn("POST", "GET", "DELETE");
            assertThat(target).matches("/mcp/[a-z0-9][a-z0-9-]{0,62}");
            assertHead(method, headers);
        }
    }

    private static void assertHead(String method, HeaderFields headers) {
        assertThat(headers.all("host"))
                .singleElement()
                .satisfies(host -> assertThat(host.toLowerCase(Locale.ROOT)).matches(HOST));
        var host = headers.all("host").getFirst().toLowerCase(Locale.ROOT);
        assertThat(headers.all("origin"))
                .hasSizeLessThan(2)
                .allMatch(origin -> List.of("https://app.example", "http://" + host, "https://" + host)
                        .contains(origin.toLowerCase(Locale.ROOT)));
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
