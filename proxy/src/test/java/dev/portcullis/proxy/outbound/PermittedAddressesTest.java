package dev.portcullis.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.Upstreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the gateway goes for itself, by whose word.
class PermittedAddressesTest {
    private static final String HOST = "somewhere.example";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "64:ff9b::8.8.8.8",
                "2a00:1450::1",
                "2001:4860:4860::8888"
            })
    void publicAddressIsPermittedToWhateverWasFound(String address) throws Exception {
        assertThat(found(address).resolve(HOST, 443)).singleElement().satisfies(permitted -> {
            assertThat(permitted.getAddress()).isEqualTo(InetAddress.ofLiteral(address));
            assertThat(permitted.getPort()).isEqualTo(443);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "127.0.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                // IPv4 in other clothes: mapped, compatible, NAT64 of both kinds, 6to4, Teredo
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::10.0.0.1",
                "2002:a00:1::1",
                "2002:7f00:1::",
                "2001:0:a00:1::1",
                // documentation, ORCHID, private, link-local, site-local, multicast, discard
                "2001:db8::1",
                "2001:20::1",
                "fc00::1",
                "fd12:3456::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1"
            })
    void whatWasFoundLeadsNowhereInside(String address) {
        assertThatThrownBy(() -> found(address).resolve(HOST, 443)).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "64:ff9b::10.0.0.1", "fd12:3456::1", "8.8.8.8"})
    void whatAnOperatorNamedMayBeInsideOfAllowedNetworks(String address) throws Exception {
        // Given
        var inside = Stream.of("10.0.0.0/24", "fd12:3456::/32")
                .map(text -> Network.parse(text).orElseThrow())
                .collect(Collectors.toSet());
        var upstreams = new Upstreams(
                Optional.empty(), Set.of(), Duration.ofSeconds(1), 1, Optional.empty(), List.of(), inside);

        // Then
        assertThat(new PermittedAddresses(upstreams, names(address), Reach.NAMED).resolve(HOST, 443))
                .hasSize(1);
        assertThat(new PermittedAddresses(upstreams, names("10.0.1.1", "fd12:3457::1"), Reach.NAMED))
                .satisfies(elsewhere -> assertThatThrownBy(() -> elsewhere.resolve(HOST, 443))
                        .isInstanceOf(UnknownHostException.class));
    }

    @Test
    void allowedNetworksAreNotForWhatWasFound() {
        // Given
        var inside = Set.of(Network.parse("10.0.0.0/8").orElseThrow());
        var upstreams = new Upstreams(
                Optional.empty(), Set.of(), Duration.ofSeconds(1), 1, Optional.empty(), List.of(), inside);

        // Then
        assertThatThrownBy(() -> new PermittedAddresses(upstreams, names("10.0.0.1"), Reach.FOUND).resolve(HOST, 443))
                .isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "192.168.1.1",
                "fd12:3456::1",
                "169.254.169.254",
                "fe80::1",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "224.0.0.1",
                "ff02::1",
                "127.0.0.1",
                "::1",
                "0.0.0.0"
            })
    void nobodysWordLeadsInsideWithoutLeave(String address) {
        assertThatThrownBy(() -> named(address).resolve(HOST, 443)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void loopbackThatIsListedIsForWhoNamedIt() throws Exception {
        // Given
        var upstreams = new Upstreams(
                Optional.empty(), Set.of(HOST + ":8443"), Duration.ofSeconds(1), 1, Optional.empty(), List.of());

        // Then
        assertThat(new PermittedAddresses(upstreams, names("127.0.0.1"), Reach.NAMED).resolve(HOST, 8443))
                .hasSize(1);
        assertThatThrownBy(() -> new PermittedAddresses(upstreams, names("127.0.0.1"), Reach.NAMED).resolve(HOST, 8444))
                .isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> new PermittedAddresses(upstreams, names("127.0.0.1"), Reach.FOUND).resolve(HOST, 8443))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void onlyThePermittedOfSeveralAddressesAreLeft() throws Exception {
        assertThat(found("10.0.0.1", "8.8.8.8", "::1").resolve(HOST, 443))
                .singleElement()
                .satisfies(permitted ->
                        assertThat(permitted.getAddress().getHostAddress()).isEqualTo("8.8.8.8"));
    }

    private static PermittedAddresses found(String... addresses) {
        return new PermittedAddresses(Upstreams.defaults(), names(addresses), Reach.FOUND);
    }

    private static PermittedAddresses named(String... addresses) {
        return new PermittedAddresses(Upstreams.defaults(), names(addresses), Reach.NAMED);
    }

    private static NameService names(String... addresses) {
        return host -> CompletableFuture.completedFuture(
                Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    }
}
