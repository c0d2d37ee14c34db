package dev.portcullis.policy.engine;

import dev.portcullis.policy.document.DomainName;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Route;
import tools.jackson.core.JsonGenerator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Writes what a request reaches: the host of the route's upstream, and the hosts of the URLs it names.
///
/// Does nothing for a document without a restriction of domains, so that only those who have one pay
/// for reading every text of every call.
final class DomainsWriter {
    private final boolean asked;
    private final Map<String, ReachedDomains> upstreams = new HashMap<>();

    DomainsWriter(PolicyDocument document) {
        asked = document.rules().stream().anyMatch(rule -> isAboutDomains(rule.restriction()));
        document.routes().forEach((name, route) -> upstreams.put(name, upstream(route.upstream())));
    }

    /// The upstream of a route, inside of the object that describes the route.
    void upstream(JsonGenerator json, String route) {
        if (asked) {
            upstreamOf(route).domains().forEach(domain -> {
                json.writeName("domain");
                write(json, domain);
            });
        }
    }

    /// What the request names beside the upstream.
    void reached(JsonGenerator json, String route, Supplier<ReachedDomains> named) {
        if (!asked) {
            return;
        }
        var found = named.get();
        var doubts = Stream.concat(upstreamOf(route).doubts().stream(), found.doubts().stream())
                .toList();
        if (doubts.isEmpty() && found.domains().isEmpty()) {
            return;
        }
        write(json, found.domains(), doubts);
    }

    /// What an entry of a list names, inside of the object that describes the entry.
    void named(JsonGenerator json, Supplier<ReachedDomains> named) {
        if (asked) {
            var found = named.get();
            write(json, found.domains(), found.doubts());
        }
    }

    private static void write(JsonGenerator json, List<DomainName> domains, List<String> doubts) {
        json.writeArrayPropertyStart("domains");
        domains.forEach(domain -> write(json, domain));
        json.writeEndArray();
        json.writeBooleanProperty("domainsCertain", doubts.isEmpty());
        if (!doubts.isEmpty()) {
            json.writeArrayPropertyStart("domainsInDoubt");
            doubts.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private ReachedDomains upstreamOf(String route) {
        return upstreams.getOrDefault(route, ReachedDomains.NONE);
    }

    private static void write(JsonGenerator json, DomainName domain) {
        json.writeStartObject();
        json.writeStringProperty("name", domain.name());
        json.writeArrayPropertyStart("parents");
        domain.parents().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static ReachedDomains upstream(Route.Upstream upstream) {
        return switch (upstream) {
            case Route.Upstream.Sandbox sandbox -> ReachedDomains.NONE;
            case Route.Upstream.Remote remote ->
                new ReachedDomains(
                        remote.host().stream().toList(),
                        remote.host().isPresent()
                                ? List.of()
                                : List.of("upstream " + Excerpt.of(remote.uri().toString(), 0)));
        };
    }

    private static boolean isAboutDomains(Restriction restriction) {
        return switch (restriction) {
            case Restriction.AllowedDomains domains -> true;
            case Restriction.BlockedDomains domains -> true;
            case Restriction.ReadOnly other -> false;
            case Restriction.AllowedActions other -> false;
            case Restriction.AllowedTools other -> false;
            case Restriction.DeniedTools other -> false;
            case Restriction.AllowedNetworks other -> false;
            case Restriction.PinnedTools other -> false;
            case Restriction.Limit other -> false;
            case Restriction.Deny other -> false;
        };
    }
}
