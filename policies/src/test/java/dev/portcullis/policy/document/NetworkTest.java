package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255",
        "192.0.2.128/25, 192.0.2.128",
        "192.0.2.128/25, 192.0.2.255",
        "192.0.2.7/32, 192.0.2.7",
        "172.16.0.0/12, 172.31.255.255",
        "0.0.0.0/0, 255.255.255.255",
        "2001:db8::/33, 2001:db8:7fff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::1/128, 2001:db8::1",
        "::/0, ffff::"
    })
    void networkContainsItsAddresses(String network, String address) {
        assertThat(network(network).contains(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.0",
        "192.0.2.128/25, 192.0.2.127",
        "192.0.2.6/31, 192.0.2.8",
        "192.0.2.7/32, 192.0.2.6",
        "172.16.0.0/12, 172.32.0.0",
        "2001:db8::/33, 2001:db8:8000::",
        "2001:db8::1/128, 2001:db8::",
        "0.0.0.0/0, ::1",
        "::/0, 10.0.0.1"
    })
    void networkContainsNoOtherAddress(String network, String address) {
        assertThat(network(network).contains(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/16, 10.0.0.0/8, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, ::/0, false"
    })
    void networkCoversWhatIsInsideOfIt(String wide, String narrow, boolean covers) {
        assertThat(network(wide).covers(network(narrow))).isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.256/32",
                "010.0.0.0/8",
                "10.0.0.1/8",
                "192.0.2.129/25",
                "2001:db8::1/64",
                "2001:db8::/129",
                "fe80::%1/64",
                "[2001:db8::]/32",
                "::ffff:10.0.0.0/104",
                "host/8",
                ":/0"
            })
    void whatIsNoNetworkIsNotRead(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8, 10.0.0.0/8",
        "10.0.0.1, 10.0.0.1/32",
        "2001:db8::1/64, 2001:db8:0:0:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:1/128"
    })
    void probableNetworkIsSuggested(String text, String network) {
        assertThat(Network.nearest(text)).hasToString("Optional[" + network + "]");
    }

    @Test
    void nothingIsSuggestedForWhatIsNoAddress() {
        assertThat(Network.nearest("office")).isEmpty();
        assertThat(Network.nearest("10.0.0.0/40")).isEmpty();
    }

    @Test
    void networkAroundAnAddressHasNoHostBits() {
        assertThat(Network.around(InetAddress.ofLiteral("10.1.2.3"), 8)).isEqualTo(network("10.0.0.0/8"));
        assertThat(Network.around(InetAddress.ofLiteral("10.1.2.3"), 32)).isEqualTo(network("10.1.2.3/32"));
    }

    @Test
    void impossibleNetworkIsRefused() {
        // Given
        var address = InetAddress.ofLiteral("10.0.0.1");

        // Then
        assertThatThrownBy(() -> new Network(address, 33)).hasMessageContaining("prefix: 33 (expected: 0 to 32)");
        assertThatThrownBy(() -> new Network(address, -1)).hasMessageContaining("prefix: -1");
        assertThatThrownBy(() -> new Network(address, 8)).hasMessageContaining("10.0.0.1/8 (expected: no host bits)");
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow();
    }
}
