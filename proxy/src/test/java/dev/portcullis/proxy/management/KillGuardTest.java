package dev.portcullis.proxy.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.config.ManagementSettings.LocalKillSettings;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.nio.file.Path;

/// From where the kill switch of a replica may be used.
class KillGuardTest {
    private static final String TOKEN = "a-token-nobody-can-guess";

    @ParameterizedTest
    @CsvSource({
        "false, 127.0.0.1, localhost, 0",
        "false, ::1, '[::1]:9090', 0",
        "false, 10.0.0.7, 10.0.0.1, 403",
        "false, 203.0.113.7, localhost, 403",
        "true, 10.0.0.7, 10.0.0.1:9090, 0",
        "true, 10.0.0.7, gateway.example, 403",
        "true, 10.0.0.7, '', 403"
    })
    void otherMachinesAreRefusedUnlessTheConfigurationAllowsThem(
            boolean remote, String peer, String host, int refusal) {
        // Given
        var guard = new KillGuard(new LocalKillSettings(new Secret(TOKEN), Path.of("kills.json"), remote));
        var headers = new DefaultHttpHeaders().set("Host", host).set("Authorization", "Bearer " + TOKEN);

        // When
        var refused = guard.refusal(
                new ManagementRequest(HttpMethod.GET, "/kills", headers, InetAddress.ofLiteral(peer), ""));

        // Then
        assertThat(refused.map(answer -> answer.status().code()).orElse(0)).isEqualTo(refusal);
    }
}
