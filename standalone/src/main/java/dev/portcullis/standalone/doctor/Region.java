package dev.portcullis.standalone.doctor;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// The regions of Port, which know nothing of each other: what is good in one is refused in the other.
enum Region {
    EU,
    US;

    /// The region that a host of Port belongs to, such as `mcp.us.port.io` or `auth.getport.io`; empty
    /// for everybody else's hosts.
    static Optional<Region> ofHost(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        if (!name.endsWith(".port.io") && !name.endsWith(".getport.io")) {
            return Optional.empty();
        }
        return Optional.of(name.contains(".us.") ? US : EU);
    }

    /// The same for a URL, such as a token's issuer.
    static Optional<Region> ofUrl(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).flatMap(Region::ofHost);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
