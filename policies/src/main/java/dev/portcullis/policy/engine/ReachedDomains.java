package dev.portcullis.policy.engine;

import dev.portcullis.policy.document.DomainName;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The hosts of the http, https, ws and wss URLs in a request, wherever in its texts they stand.
///
/// @param domains distinct, in order
/// @param certain whether these are surely all: false when something looks like such a URL and could be
///     read in more than one way, or when there are too many. What is uncertain is refused by every
///     restriction of domains
record ReachedDomains(List<DomainName> domains, boolean certain) {
    static final ReachedDomains NONE = new ReachedDomains(List.of(), true);

    private static final int MOST = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    ReachedDomains {
        domains = List.copyOf(domains);
    }

    /// Of the arguments of a call: every string and every key, at any depth.
    static ReachedDomains inArguments(String argumentsJson) {
        var collector = new Collector();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), argumentsJson)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME) {
                    collector.add(parser.getString());
                }
            }
        } catch (JacksonException notJson) {
            collector.certain = false;
        }
        return collector.result();
    }

    /// Of URIs, of which those with other schemes reach no host unless they carry a URL inside.
    static ReachedDomains inUris(List<String> uris) {
        var collector = new Collector();
        uris.forEach(collector::add);
        return collector.result();
    }

    /// Gathers the hosts of several texts.
    private static final class Collector {
        private final Set<DomainName> domains = new LinkedHashSet<>();
        private boolean certain = true;

        void add(String text) {
            var urls = new UrlScanner(text);
            urls.scan();
            certain &= urls.certain();
            for (var host : urls.hosts()) {
                var domain = DomainName.of(host);
                domain.ifPresent(domains::add);
                certain &= domain.isPresent();
            }
        }

        ReachedDomains result() {
            return domains.size() > MOST
                    ? new ReachedDomains(List.of(), false)
                    : new ReachedDomains(List.copyOf(domains), certain);
        }
    }
}
