package dev.portcullis.policy.document;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Doubts about domains and upstreams: lists that cover less or more than their author may think, names
/// that look like others, and upstreams at addresses that gateways refuse by default.
final class DomainSense {
    private DomainSense() {}

    static void check(PolicyDocument document, Doubts doubts) {
        for (var i = 0; i < document.rules().size(); i++) {
            switch (document.rules().get(i).restriction()) {
                case Restriction.AllowedDomains(var domains) ->
                    entries(domains, "/rules/" + i + "/allowedDomains", doubts);
                case Restriction.BlockedDomains(var domains) ->
                    entries(domains, "/rules/" + i + "/blockedDomains", doubts);
                case Restriction.ReadOnly other -> {}
                case Restriction.AllowedActions other -> {}
                case Restriction.AllowedTools other -> {}
                case Restriction.DeniedTools other -> {}
                case Restriction.AllowedNetworks other -> {}
                case Restriction.PinnedTools other -> {}
                case Restriction.Limit other -> {}
                case Restriction.Redact other -> {}
                case Restriction.RecordResult other -> {}
                case Restriction.Deny other -> {}
            }
        }
        document.routes().values().forEach(route -> address(route, doubts));
    }

    private static void entries(List<DomainPattern> domains, String path, Doubts doubts) {
        Set<String> exact = new HashSet<>();
        Set<String> under = new HashSet<>();
        domains.forEach(pattern ->
                (pattern.subdomains() ? under : exact).add(pattern.domain().name()));
        for (var k = 0; k < domains.size(); k++) {
            var pattern = domains.get(k);
            var place = path + "/" + k;
            var name = pattern.domain().name();
            pattern.domain().parents().stream()
                    .filter(under::contains)
                    .findFirst()
                    .ifPresent(parent -> doubts.warn(
                            place, pattern.toString(), "an entry that *." + parent + " does not cover already"));
            if (pattern.subdomains() && name.indexOf('.') > 0 && !isCovered(name, exact, under, pattern)) {
                doubts.warn(place, pattern.toString(), "the domain itself beside its subdomains", Optional.of(name));
            }
            LookAlike.of(pattern.domain())
                    .ifPresent(likeness -> doubts.warn(
                            place,
                            pattern + " (" + likeness.shown() + ")",
                            "a name in the letters of one script, which looks like no other",
                            likeness.suggestion()));
        }
        AliasSense.entries(domains, path, doubts);
    }

    private static boolean isCovered(String name, Set<String> exact, Set<String> under, DomainPattern pattern) {
        return exact.contains(name) || pattern.domain().parents().stream().anyMatch(under::contains);
    }

    /// Which networks are allowed is the operator's to say, so this is no error.
    private static void address(Route route, Doubts doubts) {
        route.upstream()
                .host()
                .filter(DomainName::address)
                .map(host -> InetAddress.ofLiteral(host.name()))
                .filter(DomainSense::isInside)
                .ifPresent(address -> doubts.warn(
                        "/routes/" + route.name() + "/upstream",
                        address.getHostAddress(),
                        "a public address: this one is refused unless the gateway's operator lists its network in"
                                + " proxy.upstreams.allowedNetworks"));
    }

    private static boolean isInside(InetAddress address) {
        var isUniqueLocal = address.getAddress().length > 4 && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || isUniqueLocal;
    }
}
