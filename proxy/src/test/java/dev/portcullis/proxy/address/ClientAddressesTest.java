package dev.portcullis.proxy.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AddressSettings.ForwardingHeader;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class ClientAddressesTest {
    private static final List<Network> TRUSTED = Stream.of("10.0.0.0/8", "fd00::/8")
            .map(text -> Network.parse(text).orElseThrow())
            .toList();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.1    | 203.0.113.7                            | 203.0.113.7
            10.0.0.1    | 198.51.100.1, 203.0.113.7              | 203.0.113.7
            10.0.0.1    | 198.51.100.1, 203.0.113.7, 10.9.9.9    | 203.0.113.7
            10.0.0.1    | garbage, 203.0.113.7                   | 203.0.113.7
            10.0.0.1    | 10.1.1.1, 10.2.2.2                     | 10.1.1.1
            10.0.0.1    | 203.0.113.7:4711                       | 203.0.113.7
            10.0.0.1    | [2001:db8::7]:4711                     | 2001:db8:0:0:0:0:0:7
            10.0.0.1    | 2001:db8::7                            | 2001:db8:0:0:0:0:0:7
            10.0.0.1    | ::ffff:203.0.113.7                     | 203.0.113.7
            fd00::1     | 203.0.113.7                            | 203.0.113.7
            203.0.113.9 | 10.0.0.1                               | 203.0.113.9
            203.0.113.9 | garbage                                | 203.0.113.9
            """)
    void forwardedForIsReadFromTheRight(String connected, String header, String client) throws Exception {
        assertThat(client(ForwardingHeader.X_FORWARDED_FOR, connected, "X-Forwarded-For: " + header))
                .hasValueSatisfying(
                        peer -> assertThat(peer.address().getHostAddress()).isEqualTo(client));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\\', textBlock = """
            for=203.0.113.7                                             | 203.0.113.7
            For="[2001:db8::7]:4711"; proto=https; host="gw.example:8"  | 2001:db8:0:0:0:0:0:7
            for=198.51.100.1, for=203.0.113.7;by=10.0.0.3, for=10.9.9.9 | 203.0.113.7
            for=_hidden, for="203.0.113.7"                              | 203.0.113.7
            """)
    void forwardedIsReadFromTheRight(String header, String client) throws Exception {
        assertThat(client(ForwardingHeader.FORWARDED, "10.0.0.1", "Forwarded: " + header))
                .hasValueSatisfying(
                        peer -> assertThat(peer.address().getHostAddress()).isEqualTo(client));
    }

    @Test
    void repeatedHeadersAreOneListInOrder() throws Exception {
        assertThat(client(
                        ForwardingHeader.X_FORWARDED_FOR,
                        "10.0.0.1",
                        "X-Forwarded-For: 198.51.100.1",
                        "x-forwarded-for: 203.0.113.7"))
                .map(peer -> peer.address().getHostAddress())
                .contains("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: garbage",
                "X-Forwarded-For: ",
                "X-Forwarded-For: 203.0.113.7,",
                "X-Forwarded-For: 203.0.113",
                "X-Forwarded-For: 0xcb.0.113.7",
                "X-Forwarded-For: client.example",
                "X-Forwarded-For: fe80::1%eth0"
            })
    void whatATrustedProxyGarblesLeavesTheClientUnknown(String header) throws Exception {
        assertThat(client(ForwardingHeader.X_FORWARDED_FOR, "10.0.0.1", header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=unknown",
                "Forwarded: for=_hidden",
                "Forwarded: for=\"203.0.113.7",
                "Forwarded: for=203.0.113.7;for=198.51.100.1",
                "Forwarded: for=203.0.113.7;proto=gopher",
                "Forwarded: for=203.0.113.7,,",
                "Forwarded: proto=https",
                "Forwarded: "
            })
    void malformedForwardedLeavesTheClientUnknown(String header) throws Exception {
        assertThat(client(ForwardingHeader.FORWARDED, "10.0.0.1", header)).isEmpty();
    }

    @Test
    void onlyTheConfiguredHeaderCounts() throws Exception {
        assertThat(client(ForwardingHeader.FORWARDED, "10.0.0.1", "X-Forwarded-For: 203.0.113.7"))
                .map(peer -> peer.address().getHostAddress())
                .contains("10.0.0.1");
    }

    @Test
    void schemeAndHostAreTheClients() throws Exception {
        var peer = client(
                        ForwardingHeader.X_FORWARDED_FOR,
                        "10.0.0.1",
                        "X-Forwarded-For: 203.0.113.7",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: gw.example")
                .orElseThrow();
        assertThat(peer.scheme()).isEqualTo("https");
        assertThat(peer.authority()).contains("gw.example");
    }

    @Test
    void strangersWordsAreCounted() throws Exception {
        // Given
        var addresses = new ClientAddresses(new AddressSettings(TRUSTED, ForwardingHeader.X_FORWARDED_FOR, false));

        // When
        var peer = addresses.client(
                direct("203.0.113.9"), headers("X-Forwarded-For: 10.0.0.1", "X-Forwarded-Proto: https"));

        // Then
        assertThat(peer).contains(direct("203.0.113.9"));
        assertThat(addresses.ignored()).isEqualTo(1);
        addresses.client(direct("203.0.113.9"), headers());
        assertThat(addresses.ignored()).isEqualTo(1);
    }

    private static Optional<Peer> client(ForwardingHeader header, String connected, String... lines) throws Exception {
        return new ClientAddresses(new AddressSettings(TRUSTED, header, false))
                .client(direct(connected), headers(lines));
    }

    private static Peer direct(String address) throws Exception {
        return new Peer(InetAddress.getByName(address), "http", Optional.of("inner"), Optional.empty());
    }

    private static HeaderFields headers(String... lines) {
        return new HeaderFields(Arrays.stream(lines)
                .map(line -> new HeaderFields.Field(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip()))
                .toList());
    }
}
