package dev.portcullis.policy.document;

import java.util.Locale;
import java.util.Optional;

/// An entry of a list of domains.
///
/// @param subdomains whether it stands for the subdomains of the domain, and not for the domain itself
public record DomainPattern(DomainName domain, boolean subdomains) {
    private static final String SUBDOMAINS = "*.";

    /// Reads `example.org`, `*.example.org`, or an IP address. Empty for anything else.
    public static Optional<DomainPattern> parse(String text) {
        var subdomains = text.startsWith(SUBDOMAINS);
        return DomainName.of(subdomains ? text.substring(SUBDOMAINS.length()) : text)
                .filter(domain -> !(subdomains && domain.address()))
                .map(domain -> new DomainPattern(domain, subdomains));
    }

    /// What was probably meant by a text that [#parse] does not accept: the host of a URL.
    static Optional<DomainPattern> nearest(String text) {
        var host = text.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^[a-z]+://", "")
                .replaceFirst("[/?#].*$", "")
                .replaceFirst(":\\d*$", "");
        return parse(host);
    }

    /// Whether the pattern names the domain.
    boolean names(DomainName other) {
        return subdomains ? other.parents().contains(domain.name()) : domain.equals(other);
    }

    @Override
    public String toString() {
        return (subdomains ? SUBDOMAINS : "") + domain.name();
    }
}
