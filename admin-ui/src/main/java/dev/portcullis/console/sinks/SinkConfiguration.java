package dev.portcullis.console.sinks;

import dev.portcullis.configuration.Secret;
import dev.portcullis.configuration.Settings;
import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.SinkSettings.Otlp;
import dev.portcullis.console.sinks.SinkSettings.Receiver;
import dev.portcullis.console.sinks.SinkSettings.Start;
import dev.portcullis.console.sinks.SinkSettings.Syslog;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the section `console.sinks`: where the audit trail is sent to, by the name of each sink.
public final class SinkConfiguration {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[(?<six>[^]]+)]|(?<host>[^:\\s]+)):(?<port>\\d{1,5})");
    private static final Pattern ENDPOINT = Pattern.compile("https?://[^\\s/?#@]+/[^\\s?#]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final int HIGHEST_PORT = 65_535;
    private static final Receiver NOWHERE = new Syslog("localhost", 1, Optional.empty());

    private SinkConfiguration() {}

    public static List<SinkSettings> read(Settings sinks) {
        return sinks.names().stream()
                .flatMap(name -> sink(sinks, name).stream())
                .toList();
    }

    private static Optional<SinkSettings> sink(Settings sinks, String name) {
        var section = sinks.section(name);
        if (!SinkSettings.isName(name)) {
            sinks.rejectUnseen(name, "a name of small letters, digits and hyphens, at most 63");
            return Optional.empty();
        }
        return Optional.of(new SinkSettings(
                name, receiver(section), start(section), content(section), section.flag("arguments", false)));
    }

    private static Receiver receiver(Settings section) {
        return switch (section.string("type")) {
            case "syslog" -> syslog(section);
            case "otlp" -> otlp(section);
            case "" -> NOWHERE;
            default -> {
                section.reject("type", "syslog or otlp");
                yield NOWHERE;
            }
        };
    }

    private static Receiver syslog(Settings section) {
        var encrypted = switch (section.string("transport", "tls")) {
            case "tls" -> true;
            case "tcp" -> false;
            default -> {
                section.reject("transport", "tls or tcp");
                yield false;
            }
        };
        var tls = encrypted ? Optional.of(tls(section)) : Optional.<SinkTls>empty();
        var given = section.string("address");
        if (given.isEmpty()) {
            return NOWHERE;
        }
        var address = ADDRESS.matcher(given);
        if (!address.matches() || !isPort(address.group("port"))) {
            section.reject("address", "host:port, such as siem.example.com:6514");
            return NOWHERE;
        }
        var host = Optional.ofNullable(address.group("six")).orElseGet(() -> address.group("host"));
        return new Syslog(host, Integer.parseInt(address.group("port")), tls);
    }

    private static boolean isPort(String text) {
        var port = Integer.parseInt(text);
        return port >= 1 && port <= HIGHEST_PORT;
    }

    private static Receiver otlp(Settings section) {
        var headers = headers(section.section("headers"));
        var tls = tls(section);
        var endpoint = section.string("endpoint");
        if (!ENDPOINT.matcher(endpoint).matches()) {
            // Somebody may have put a password into it.
            section.rejectUnseen("endpoint", "a whole address without user, such as https://collector:4318/v1/logs");
            return NOWHERE;
        }
        return new Otlp(URI.create(endpoint), headers, tls);
    }

    private static Map<String, Secret> headers(Settings section) {
        var headers = new TreeMap<String, Secret>();
        for (var name : section.names()) {
            var value = section.secret(name);
            if (!HEADER.matcher(name).matches() || value.reveal().chars().anyMatch(c -> c < ' ' || c > '~')) {
                section.rejectUnseen(name, "an HTTP header, in one line of ASCII");
            } else {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static SinkTls tls(Settings section) {
        var authorities = section.file("authorities");
        var certificate = section.file("certificate");
        var key = section.file("key");
        if (certificate.isPresent() != key.isPresent()) {
            section.reject(certificate.isPresent() ? "key" : "certificate", "certificate and key, both or neither");
        }
        try {
            return SinkTls.of(
                    authorities, certificate.flatMap(shown -> key.map(secret -> new SinkTls.Client(shown, secret))));
        } catch (IllegalArgumentException e) {
            var suspect = authorities.isPresent() ? "authorities" : "certificate";
            section.reject(suspect, "PEM files that can be read; " + e.getMessage());
            return SinkTls.of(Optional.empty(), Optional.empty());
        }
    }

    private static Start start(Settings section) {
        return switch (section.string("from", "now")) {
            case "now" -> Start.NOW;
            case "beginning" -> Start.BEGINNING;
            default -> {
                section.reject("from", "now or beginning");
                yield Start.NOW;
            }
        };
    }

    private static Content content(Settings section) {
        return switch (section.string("only", "all")) {
            case "all" -> Content.ALL;
            case "tool-calls" -> Content.TOOL_CALLS;
            case "admin-events" -> Content.ADMIN_EVENTS;
            default -> {
                section.reject("only", "all, tool-calls or admin-events");
                yield Content.ALL;
            }
        };
    }
}
