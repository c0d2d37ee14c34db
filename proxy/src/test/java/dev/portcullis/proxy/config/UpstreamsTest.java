package dev.portcullis.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.policy.document.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where documents may lead, by default and with the operator's leave.
class UpstreamsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.9.9.9",
                "11.0.0.1",
                "100.128.0.1",
                "172.32.0.1",
                "2606:4700::1111",
                "::ffff:9.9.9.9",
                "64:ff9b::9.9.9.9"
            })
    void publicAddressNeedsNoLeave(String address) {
        assertThat(permits(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.9.9.9",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "192.0.0.192",
                "192.168.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::10.0.0.1",
                "::9.9.9.9",
                "::ffff:10.0.0.1",
                "::ffff:0:9.9.9.9",
                "64:ff9b::10.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::0.0.0.0",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::9.9.9.9",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "2002:909:909::1",
                "3fff::1",
                "4000::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void everyOtherAddressIsRefused(String address) {
        assertThat(permits(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16,   10.20.3.4,          true",
        "10.20.0.0/16,   10.21.0.1,          false",
        "10.20.0.0/16,   ::ffff:10.20.3.4,   true",
        "10.20.0.0/16,   64:ff9b::10.20.3.4, true",
        "10.20.0.0/16,   2002:a14:304::1,    false",
        "100.64.0.0/10,  100.64.0.1,         true",
        "100.64.0.0/10,  100.100.100.200,    false",
        "100.100.100.200/32, 100.100.100.200, true",
        "169.254.0.0/16, 169.254.1.1,        true",
        "169.254.0.0/16, 169.254.169.254,    false",
        "169.254.169.254/32, 169.254.169.254, true",
        "fd00::/8,       fd12::1,            true",
        "fd00::/8,       fd00:ec2::254,      false",
        "fe80::/10,      fe80::1,            true"
    })
    void networkIsOpenedWithoutTheSecretsInIt(String network, String address, boolean permitted) {
        assertThat(permits(address, network)).isEqualTo(permitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "8.0.0.0/5",
                "9.9.9.9/32",
                "127.0.0.0/8",
                "224.0.0.0/4",
                "::/0",
                "::1/128",
                "64:ff9b::/96",
                "2002::/16",
                "fc00::/6",
                "ff02::/16"
            })
    void whatIsTooWideOrHasNoUseIsNoAllowedNetwork(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> upstreams(network))
                .withMessageMatching("allowedNetworks: \\S+ \\(expected: part of one range that is not public.*");
    }

    @Test
    void loopbackIsListedByHostAndPort() {
        // Given
        var upstreams = new Upstreams(
                Optional.empty(),
                Set.of("[::1]:3001", "localhost:3001"),
                Duration.ofSeconds(1),
                1,
                Optional.empty(),
                List.of());

        // Then
        assertThat(upstreams.permits("::1", InetAddress.ofLiteral("::1"), 3001)).isTrue();
        assertThat(upstreams.permits("[::1]", InetAddress.ofLiteral("::1"), 3001))
                .isTrue();
        assertThat(upstreams.permits("localhost", InetAddress.ofLiteral("::1"), 3001))
                .isTrue();
        assertThat(upstreams.permits("localhost", InetAddress.ofLiteral("64:ff9b::127.0.0.1"), 3001))
                .as("the translator's own machine")
                .isFalse();
        assertThat(upstreams.permits("::1", InetAddress.ofLiteral("::1"), 3002)).isFalse();
    }

    private static boolean permits(String address, String... networks) {
        return upstreams(networks).permits("any.example", InetAddress.ofLiteral(address), 443);
    }

    private static Upstreams upstreams(String... networks) {
        return new Upstreams(
                Optional.empty(),
                Set.of(),
                Duration.ofSeconds(1),
                1,
                Optional.empty(),
                List.of(),
                Arrays.stream(networks)
                        .map(text -> Network.parse(text).orElseThrow())
                        .collect(Collectors.toSet()));
    }
}
