package dev.portcullis.standalone.doctor;

import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;

/// Judges the certificates that a server shows: their dates, who issued them, and for which name. All
/// three are said, since all three may be wrong at once.
final class CertificateCheck {
    private static final Duration SOON = Duration.ofDays(14);
    private static final Set<Integer> NAMES = Set.of(2, 7);

    private final Target target;
    private final X509TrustManager trust;
    private final Clock clock;

    /// @param trust whom clients on this machine believe
    CertificateCheck(Target target, X509TrustManager trust, Clock clock) {
        this.target = target;
        this.trust = trust;
        this.clock = clock;
    }

    List<Finding> run(ObservedHandshake handshake) {
        var findings = new ArrayList<Finding>();
        handshake.certificates().forEach(certificate -> dates(certificate).ifPresent(findings::add));
        authority(handshake).ifPresent(findings::add);
        name(handshake.certificates().getFirst()).ifPresent(findings::add);
        if (findings.stream().noneMatch(Finding::isProblem)) {
            findings.add(Finding.ok(
                    Code.TLS_GOOD,
                    "The certificate is good for " + target.host() + ", until "
                            + day(handshake
                                    .certificates()
                                    .getFirst()
                                    .getNotAfter()
                                    .toInstant()) + "."));
        }
        return findings;
    }

    private Optional<Finding> dates(X509Certificate certificate) {
        var now = clock.instant();
        var begin = certificate.getNotBefore().toInstant();
        var end = certificate.getNotAfter().toInstant();
        var name = certificate.getSubjectX500Principal().getName();
        if (end.isBefore(now)) {
            return Optional.of(Finding.problem(
                    Code.TLS_EXPIRED,
                    "The certificate " + name + " has expired, on " + day(end) + ".",
                    "Renew it; the gateway reads its files again by itself. If the date is right, check this machine's"
                            + " clock."));
        }
        if (begin.isAfter(now)) {
            return Optional.of(Finding.problem(
                    Code.TLS_NOT_YET_VALID,
                    "The certificate " + name + " is not valid yet, but only from " + begin + " on.",
                    "Check this machine's clock, which says " + now.truncatedTo(ChronoUnit.SECONDS) + "."));
        }
        return end.isBefore(now.plus(SOON))
                ? Optional.of(Finding.warning(
                        Code.TLS_ENDS_SOON,
                        "The certificate " + name + " is valid only until " + day(end) + ".",
                        "Renew it before; the gateway reads its files again by itself."))
                : Optional.empty();
    }

    private Optional<Finding> authority(ObservedHandshake handshake) {
        try {
            trust.checkServerTrusted(handshake.certificates().toArray(X509Certificate[]::new), handshake.keyExchange());
            return Optional.empty();
        } catch (CertificateException e) {
            return isAboutDates(e) ? Optional.empty() : Optional.of(untrusted(handshake.certificates(), e));
        }
    }

    /// Said already.
    private static boolean isAboutDates(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path
                    && (path.getReason() == BasicReason.EXPIRED || path.getReason() == BasicReason.NOT_YET_VALID)) {
                return true;
            }
        }
        return false;
    }

    private static Finding untrusted(List<X509Certificate> chain, CertificateException trouble) {
        var last = chain.getLast();
        var issuer = last.getIssuerX500Principal();
        var isOwn = chain.size() == 1 && issuer.equals(last.getSubjectX500Principal());
        return Finding.problem(
                Code.TLS_UNTRUSTED,
                (isOwn
                                ? "The certificate vouches for itself"
                                : "The certificate comes from an authority that this machine does not trust: "
                                        + issuer.getName())
                        + " (" + trouble.getMessage() + ").",
                "Have the gateway show the whole chain (proxy.tls.certificate), or make clients trust your company's"
                        + " authority: NODE_EXTRA_CA_CERTS for those on Node; for this command --authorities FILE.");
    }

    private Optional<Finding> name(X509Certificate certificate) {
        try {
            new DefaultHostnameVerifier().verify(target.host(), certificate);
            return Optional.empty();
        } catch (SSLException e) {
            return Optional.of(Finding.problem(
                    Code.TLS_WRONG_NAME,
                    "The certificate is not for " + target.host() + ", but for " + names(certificate) + ".",
                    "Use a name that is in the certificate, or give the gateway a certificate for this name too"
                            + " (proxy.tls.hosts)."));
        }
    }

    private static String names(X509Certificate certificate) {
        try {
            var names = Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> NAMES.contains(name.getFirst()))
                    .map(name -> String.valueOf(name.get(1)))
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? certificate.getSubjectX500Principal().getName() : names;
        } catch (CertificateParsingException e) {
            return "names that cannot be read";
        }
    }

    private static String day(Instant at) {
        return at.toString().substring(0, "2026-11-26".length());
    }
}
