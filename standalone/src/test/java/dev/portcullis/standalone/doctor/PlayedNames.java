package dev.portcullis.standalone.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/// A DNS in which some names lead to this machine, some lead nowhere, and some are not answered. All
/// other names are Java's own resolver's. Found by the service loader.
public final class PlayedNames extends InetAddressResolverProvider {
    private static final String UNKNOWN = "Name or service not known";
    private static final Map<String, String> ADDRESSES = Map.of(
            "gateway.test", "127.0.0.1",
            "two-addresses.test", "127.0.0.2,127.0.0.1",
            "blocked.test", "0.0.0.0",
            "mcp.us.port.io", "127.0.0.1",
            "api.getport.io", "127.0.0.1");
    private static final Map<String, String> FAULTS =
            Map.of("nobody.test", UNKNOWN, "unanswered.test", "Temporary failure in name resolution");

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Played(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "played";
    }

    private record Played(InetAddressResolver builtin) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            if (FAULTS.containsKey(host)) {
                throw new UnknownHostException(host + ": " + FAULTS.get(host));
            }
            return ADDRESSES.containsKey(host)
                    ? Arrays.stream(ADDRESSES.get(host).split(",")).map(InetAddress::ofLiteral)
                    : builtin.lookupByName(host, policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return builtin.lookupByAddress(address);
        }
    }
}
