package dev.portcullis.policy.engine;

import dev.portcullis.policy.document.DomainName;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The hosts of the http, https, ws and wss URLs in a request, wherever in its texts they stand and
/// however they are encoded there.
///
/// @param domains distinct, in order
/// @param hidden those that a record holds only as digests, under the names by which a document knows them
/// @param doubts what looks like such a URL and could be read in more than one way, or why there may be
///     others, shortened for people and not all of them; empty when the domains are surely all. What is
///     in doubt is refused by every restriction of domains
record ReachedDomains(List<DomainName> domains, List<Hidden> hidden, List<String> doubts) {
    static final ReachedDomains NONE = new ReachedDomains(List.of(), List.of());

    private static final int MOST = 1_000;
    private static final int MOST_DOUBTS = 3;
    /// Without one of these there is no URL in a text, however it is encoded.
    private static final String OF_URLS = ":/\\%&";

    private static final JsonFactory JSON = new JsonFactory();

    ReachedDomains {
        domains = List.copyOf(domains);
        hidden = List.copyOf(hidden);
        doubts = List.copyOf(doubts);
    }

    ReachedDomains(List<DomainName> domains, List<String> doubts) {
        this(domains, List.of(), doubts);
    }

    /// A host, and the domains it is a subdomain of.
    record Hidden(String name, List<String> parents) {
        Hidden {
            parents = List.copyOf(parents);
        }
    }

    /// Whether the domains are surely all.
    boolean certain() {
        return doubts.isEmpty();
    }

    /// Whether there are none, as far as is known.
    boolean isEmpty() {
        return domains.isEmpty() && hidden.isEmpty();
    }

    /// Of the arguments of a call: every string and every key, at any depth.
    static ReachedDomains inArguments(String argumentsJson) {
        var collector = new Collector(new Readings.Budget(argumentsJson.length()));
        try (var parser = JSON.createParser(ObjectReadContext.empty(), argumentsJson)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME) {
                    collector.add(parser.getString());
                }
            }
        } catch (JacksonException notJson) {
            collector.doubt("arguments that are not JSON");
        }
        return collector.result();
    }

    /// Of URIs, of which those with other schemes reach no host unless they carry a URL inside.
    static ReachedDomains inUris(List<String> uris) {
        return inUris(uris, budget(uris));
    }

    /// The same, where others are read at the cost of the same budget.
    static ReachedDomains inUris(List<String> uris, Readings.Budget budget) {
        var collector = new Collector(budget);
        uris.forEach(collector::add);
        return collector.result();
    }

    /// What reading these URIs may cost.
    static Readings.Budget budget(List<String> uris) {
        return new Readings.Budget(uris.stream().mapToLong(String::length).sum());
    }

    /// Gathers the hosts of several texts.
    private static final class Collector {
        /// As they are written; most are repeated.
        private final Set<String> hosts = new HashSet<>();

        private final Set<DomainName> domains = new LinkedHashSet<>();
        private final Set<String> doubts = new LinkedHashSet<>();
        private final Readings.Budget budget;

        Collector(Readings.Budget budget) {
            this.budget = budget;
        }

        void add(String text) {
            if (domains.size() > MOST || text.chars().noneMatch(c -> OF_URLS.indexOf(c) >= 0)) {
                return;
            }
            var readings = new Readings(text, budget);
            for (var next = readings.next(); next.isPresent(); next = readings.next()) {
                scan(next.get());
            }
            if (!readings.complete()) {
                doubt("a text that is encoded too often: " + Excerpt.shortened(text));
            }
        }

        private void scan(Readings.Reading reading) {
            var urls = new UrlScanner(reading.text(), reading.json());
            urls.scan();
            urls.doubts().forEach(this::doubt);
            urls.hosts().stream()
                    .filter(hosts::add)
                    .forEach(host ->
                            DomainName.of(host).ifPresentOrElse(domains::add, () -> doubt(Excerpt.shortened(host))));
            if (domains.size() > MOST) {
                doubt("more than " + MOST + " domains");
            }
        }

        private void doubt(String what) {
            if (doubts.size() < MOST_DOUBTS) {
                doubts.add(what);
            }
        }

        ReachedDomains result() {
            return new ReachedDomains(domains.size() > MOST ? List.of() : List.copyOf(domains), List.copyOf(doubts));
        }
    }
}
