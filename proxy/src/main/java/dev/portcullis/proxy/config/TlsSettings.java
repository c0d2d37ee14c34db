package dev.portcullis.proxy.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How the listener for clients speaks TLS. All files are PEM; they are read again when they change.
///
/// @param certificate the certificate, followed by those that lead to its authority
/// @param key its private key, PKCS#8 without a passphrase
/// @param clientCertificates whether clients show certificates of their own
/// @param clientAuthorities whose certificates count; present exactly when clients may show some
/// @param hosts other certificates, by the name that clients ask for in the handshake
public record TlsSettings(
        Path certificate,
        Path key,
        ClientCertificates clientCertificates,
        Optional<Path> clientAuthorities,
        Map<String, HostCertificate> hosts) {

    /// A certificate for one name, and its key; PEM as the others.
    public record HostCertificate(Path certificate, Path key) {}

    /// Whether clients show certificates.
    public enum ClientCertificates {
        /// They are not asked for one.
        NONE,
        /// One that is shown must be valid.
        OPTIONAL,
        /// Without a valid one there is no connection.
        REQUIRED
    }

    /// The same listener with the certificate of one name.
    public TlsSettings of(HostCertificate host) {
        return new TlsSettings(host.certificate(), host.key(), clientCertificates, clientAuthorities, Map.of());
    }

    public TlsSettings {
        hosts = Map.copyOf(hosts);
        if ((clientCertificates == ClientCertificates.NONE) != clientAuthorities.isEmpty()) {
            throw Range.wrong(
                    "clientAuthorities",
                    clientAuthorities.map(Path::toString).orElse("missing"),
                    "a file exactly when clientCertificates is optional or required");
        }
    }
}
