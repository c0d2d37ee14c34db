package dev.portcullis.proxy.identity;

import dev.portcullis.policy.Glob;
import dev.portcullis.proxy.config.IdentitySettings.CertificateRule;
import dev.portcullis.proxy.identity.Identification.Fault;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// Knows whose client certificates are whose. That a certificate is genuine, and its holder present, the
/// TLS handshake has proved already.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6">RFC 5280, Subject Alternative
///     Name</a>
final class Certificates {
    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;

    private final List<CertificateRule> rules;

    Certificates(List<CertificateRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// The first rule that fits decides; a certificate that fits none belongs to nobody. A connection may
    /// outlive the certificate it was begun with.
    Identification identify(X509Certificate certificate, Instant now) {
        return rules.stream()
                .filter(rule -> now.isBefore(certificate.getNotAfter().toInstant()))
                .flatMap(rule -> holder(rule, certificate).stream())
                .findFirst()
                .<Identification>map(Identification.Known::new)
                .orElseGet(() -> new Identification.Unknown(Fault.CERTIFICATE_NOT_ACCEPTED));
    }

    private static Optional<Caller> holder(CertificateRule rule, X509Certificate certificate) {
        return texts(rule, certificate)
                .filter(text -> matches(rule, text))
                .findFirst()
                .map(text -> new Caller.CertificateHolder(
                        // No text can make the name of another rule.
                        rule.namedByMatch() ? rule.by().name().toLowerCase(Locale.ROOT) + ":" + text : rule.name(),
                        rule.groups(),
                        certificate.getNotAfter().toInstant()));
    }

    private static boolean matches(CertificateRule rule, String text) {
        return switch (rule.by()) {
            case URI, DNS, EMAIL -> new Glob(rule.match()).matches(text);
            case SUBJECT ->
                rule.subject().filter(pattern -> matches(pattern, text)).isPresent();
        };
    }

    /// Part by part, so that no value can pretend to be several parts.
    private static boolean matches(LdapName pattern, String subject) {
        try {
            var parts = new LdapName(subject).getRdns();
            return parts.size() == pattern.size()
                    && IntStream.range(0, parts.size()).allMatch(i -> matches(pattern.getRdn(i), parts.get(i)));
        } catch (InvalidNameException e) {
            return false;
        }
    }

    private static boolean matches(Rdn pattern, Rdn part) {
        return pattern.size() == 1
                && part.size() == 1
                && pattern.getType().equalsIgnoreCase(part.getType())
                && part.getValue() instanceof String value
                && new Glob(String.valueOf(pattern.getValue())).matches(value);
    }

    private static Stream<String> texts(CertificateRule rule, X509Certificate certificate) {
        return switch (rule.by()) {
            case URI -> alternatives(certificate, URI);
            case DNS -> alternatives(certificate, DNS);
            case EMAIL -> alternatives(certificate, EMAIL);
            case SUBJECT -> Stream.of(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
        };
    }

    private static Stream<String> alternatives(X509Certificate certificate, int type) {
        try {
            var names = Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of());
            return names.stream()
                    .filter(name -> Integer.valueOf(type).equals(name.get(0)))
                    .map(name -> String.valueOf(name.get(1)));
        } catch (CertificateParsingException e) {
            return Stream.empty();
        }
    }
}
