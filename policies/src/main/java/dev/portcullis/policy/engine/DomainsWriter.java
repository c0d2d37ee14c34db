package dev.portcullis.policy.engine;

import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.document.DomainPattern;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Route;
import tools.jackson.core.JsonGenerator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes what a request reaches: the host of the route's upstream, and the hosts of the URLs it names.
///
/// Does nothing for a document without a restriction of domains, so that only those who have one pay
/// for reading every text of every call.
final class DomainsWriter {
    private final boolean asked;
    private final Set<String> names;
    private final Map<String, ReachedDomains> upstreams = new HashMap<>();

    DomainsWriter(PolicyDocument document) {
        asked = document.rules().stream().anyMatch(rule -> isAboutDomains(rule.restriction()));
        names = document.rules().stream()
                .flatMap(rule -> listed(rule.restriction()).stream())
                .map(pattern -> pattern.domain().name())
                .collect(Collectors.toUnmodifiableSet());
        document.routes().forEach((name, route) -> upstreams.put(name, upstream(route.upstream())));
    }

    /// The upstream of a route, inside of the object that describes the route.
    void upstream(JsonGenerator json, String route) {
        if (asked) {
            upstreamOf(route).domains().forEach(domain -> {
                json.writeName("domain");
                write(json, domain.name(), domain.parents());
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
        if (doubts.isEmpty() && found.isEmpty()) {
            return;
        }
        write(json, found, doubts);
    }

    /// What an entry of a list names, inside of the object that describes the entry.
    void named(JsonGenerator json, Supplier<ReachedDomains> named) {
        if (asked) {
            var found = named.get();
            write(json, found, found.doubts());
        }
    }

    /// Hosts that a record holds as digests, under the names that the document has for them and for the
    /// domains they are in; no rule names the others.
    List<ReachedDomains.Hidden> named(List<List<String>> hosts, Optional<ValueDigests> digests) {
        if (!asked || hosts.isEmpty() || digests.isEmpty()) {
            return List.of();
        }
        var known =
                names.stream().collect(Collectors.toMap(name -> digests.get().ofHost(name), Function.identity()));
        return hosts.stream()
                .map(host -> host.stream()
                        .map(digest -> known.getOrDefault(digest, "hidden:" + digest))
                        .toList())
                .map(host -> new ReachedDomains.Hidden(host.getFirst(), host.subList(1, host.size())))
                .toList();
    }

    private static void write(JsonGenerator json, ReachedDomains found, List<String> doubts) {
        json.writeArrayPropertyStart("domains");
        found.domains().forEach(domain -> write(json, domain.name(), domain.parents()));
        found.hidden().forEach(host -> write(json, host.name(), host.parents()));
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

    private static void write(JsonGenerator json, String name, List<String> parents) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeArrayPropertyStart("parents");
        parents.forEach(json::writeString);
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
        return restriction instanceof Restriction.AllowedDomains || restriction instanceof Restriction.BlockedDomains;
    }

    private static List<DomainPattern> listed(Restriction restriction) {
        return switch (restriction) {
            case Restriction.AllowedDomains(var domains) -> domains;
            case Restriction.BlockedDomains(var domains) -> domains;
            case Restriction.ReadOnly other -> List.of();
            case Restriction.AllowedActions other -> List.of();
            case Restriction.AllowedTools other -> List.of();
            case Restriction.DeniedTools other -> List.of();
            case Restriction.AllowedNetworks other -> List.of();
            case Restriction.PinnedTools other -> List.of();
            case Restriction.Limit other -> List.of();
            case Restriction.Redact other -> List.of();
            case Restriction.RecordResult other -> List.of();
            case Restriction.Deny other -> List.of();
        };
    }
}
