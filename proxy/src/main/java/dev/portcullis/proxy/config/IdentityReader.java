package dev.portcullis.proxy.config;

import dev.portcullis.configuration.Settings;
import dev.portcullis.proxy.config.IdentitySettings.CertificateRule;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads [IdentitySettings] from the section `proxy.identity`.
final class IdentityReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final String NAME_FORM = "a name of lower case letters, digits, '.', '_' and '-', at most 63";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String URL_FORM = "an https URL without query and fragment (http on loopback only)";

    private IdentityReader() {}

    static IdentitySettings read(Settings section) {
        var issuers = section.section("issuers");
        var certificates = section.section("certificates");
        return new IdentitySettings(
                issuers.names().stream()
                        .flatMap(name -> issuer(issuers, name).stream())
                        .toList(),
                certificates.names().stream()
                        .flatMap(name -> certificate(certificates, name).stream())
                        .toList(),
                section.integer(
                        "failures",
                        IdentitySettings.USUAL_FAILURES,
                        IdentitySettings.FAILURES.least(),
                        IdentitySettings.FAILURES.most()));
    }

    private static Optional<IssuerSettings> issuer(Settings issuers, String name) {
        var section = issuers.section(name);
        if (!NAME.matcher(name).matches() || IssuerSettings.OTHER_SOURCES.contains(name)) {
            section.reject("issuer", NAME_FORM + " for the issuer, none of " + IssuerSettings.OTHER_SOURCES);
        }
        var issuer = section.string("issuer");
        if (!issuer.isEmpty() && url(issuer).isEmpty()) {
            section.reject("issuer", URL_FORM);
        }
        var keys = section.optionalString("keys");
        if (keys.isPresent() && url(keys.get()).isEmpty()) {
            section.reject("keys", URL_FORM);
        }
        var algorithms = Set.copyOf(section.list("algorithms", List.of("RS256", "ES256")));
        if (algorithms.isEmpty() || !IssuerSettings.ALGORITHMS.containsAll(algorithms)) {
            section.reject("algorithms", "some of " + String.join(", ", IssuerSettings.ALGORITHMS));
            algorithms = Set.of("RS256");
        }
        var read = new IssuerSettings(
                IssuerSettings.OTHER_SOURCES.contains(name) ? "wrong" : name,
                issuer,
                keys.flatMap(IdentityReader::url),
                algorithms,
                section.string("subjectClaim", "sub"),
                section.string("nameClaim", "name"),
                section.string("groupsClaim", "groups"),
                section.list("groups"),
                claims(section.section("claims")),
                ProxySettings.duration(section, "clockSkew", Duration.ofMinutes(1), IssuerSettings.CLOCK_SKEW),
                ProxySettings.duration(section, "keysKeptFor", Duration.ofDays(1), IssuerSettings.KEYS_KEPT_FOR),
                section.flag("interactive", false),
                section.list("scopes"));
        return Optional.of(read);
    }

    private static Map<String, List<String>> claims(Settings section) {
        var claims = new LinkedHashMap<String, List<String>>();
        for (var name : section.names()) {
            var texts = section.list(name);
            if (texts.isEmpty()) {
                section.reject(name, "one text, or a list of texts");
            }
            claims.put(name, texts);
        }
        return claims;
    }

    private static Optional<CertificateRule> certificate(Settings rules, String name) {
        var section = rules.section(name);
        if (!NAME.matcher(name).matches()) {
            section.reject("match", NAME_FORM + " for the rule");
        }
        var by = by(section.string("by"));
        if (by.isEmpty()) {
            section.reject("by", "uri, dns, email or subject");
        }
        var match = section.string("match");
        if (by.filter(CertificateRule.By.SUBJECT::equals).isPresent()
                && CertificateRule.parsed(match).isEmpty()) {
            section.reject("match", "a distinguished name such as CN=*,O=Example");
            by = Optional.empty();
        }
        var groups = section.list("groups");
        var namedByMatch = section.flag("namedByMatch", false);
        return by.map(what -> new CertificateRule(name, what, match, groups, namedByMatch));
    }

    private static Optional<CertificateRule.By> by(String text) {
        return switch (text) {
            case "uri" -> Optional.of(CertificateRule.By.URI);
            case "dns" -> Optional.of(CertificateRule.By.DNS);
            case "email" -> Optional.of(CertificateRule.By.EMAIL);
            case "subject" -> Optional.of(CertificateRule.By.SUBJECT);
            default -> Optional.empty();
        };
    }

    private static Optional<URI> url(String text) {
        try {
            var uri = new URI(text);
            var isSafe = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost())));
            return Optional.of(uri)
                    .filter(read -> isSafe
                            && read.getHost() != null
                            && read.getUserInfo() == null
                            && read.getRawQuery() == null
                            && read.getFragment() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
