package dev.portcullis.bench.identity;

import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.http.Peer;
import dev.portcullis.proxy.identity.Presented;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Requests with the headers of a usual client, each from another address: an address that shows
/// many wrong keys would be slowed down.
final class Requests {
    static final String RESOURCE = "https://mcp.example.com/mcp/port-eu";

    private static final URI UPSTREAM = URI.create("https://mcp.port.io/v1");
    private static final Route ROUTE =
            new Route("port-eu", new Route.Upstream.Remote(UPSTREAM), "port", Route.Authentication.GATEWAY);

    private Requests() {}

    /// One for each credential.
    static Presented[] showing(List<String> credentials) {
        return IntStream.range(0, credentials.size())
                .mapToObj(number -> presented(Optional.of(credentials.get(number)), number))
                .toArray(Presented[]::new);
    }

    /// One that shows nothing.
    static Presented showingNothing() {
        return presented(Optional.empty(), 0);
    }

    private static Presented presented(Optional<String> credential, int number) {
        var headers = new ArrayList<>(List.of(
                new Field("Host", "mcp.example.com"),
                new Field("User-Agent", "claude-code/2.1.330"),
                new Field("Accept", "application/json, text/event-stream"),
                new Field("Content-Type", "application/json"),
                new Field("Content-Length", "143")));
        credential.ifPresent(text -> headers.add(new Field("Authorization", "Bearer " + text)));
        headers.add(new Field("MCP-Protocol-Version", "2025-11-25"));
        return new Presented(
                new HeaderFields(headers),
                new Peer(address(number), "https", Optional.of("mcp.example.com"), Optional.empty()),
                ROUTE,
                UPSTREAM,
                Optional.of(RESOURCE));
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are always an address", e);
        }
    }
}
