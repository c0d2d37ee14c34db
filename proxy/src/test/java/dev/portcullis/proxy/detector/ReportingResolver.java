package dev.portcullis.proxy.detector;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/// Java's own resolver, whose lookups the flight recorder hears of. Found by the service loader.
public final class ReportingResolver extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Reporting(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "reporting";
    }

    private record Reporting(InetAddressResolver builtin) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            var lookup = new NameLookup();
            lookup.begin();
            try {
                return builtin.lookupByName(host, policy);
            } finally {
                lookup.commit();
            }
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            var lookup = new NameLookup();
            lookup.begin();
            try {
                return builtin.lookupByAddress(address);
            } finally {
                lookup.commit();
            }
        }
    }
}
