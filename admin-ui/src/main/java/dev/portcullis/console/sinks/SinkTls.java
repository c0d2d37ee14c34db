package dev.portcullis.console.sinks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// How a sink knows its receiver, and shows who it is.
///
/// @param context for connections
/// @param trust whose certificates are believed
public record SinkTls(SSLContext context, X509TrustManager trust) {
    private static final char[] IN_MEMORY = {};

    /// The certificate that a sink shows.
    ///
    /// @param certificate PEM, followed by those that lead to its authority
    /// @param key PEM, PKCS#8 without a passphrase
    public record Client(Path certificate, Path key) {}

    /// @param authorities PEM; instead of those of the Java runtime
    /// @throws IllegalArgumentException with a sentence about what cannot be read
    public static SinkTls of(Optional<Path> authorities, Optional<Client> client) {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities.isEmpty() ? null : trustStore(certificates(authorities.get())));
            var managers = trust.getTrustManagers();
            var context = SSLContext.getInstance("TLS");
            context.init(client.isEmpty() ? null : keyManagers(client.get()).getKeyManagers(), managers, null);
            var x509 = Arrays.stream(managers)
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst();
            return new SinkTls(context, x509.orElseThrow());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS of a sink cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyStore trustStore(List<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        var store = empty();
        for (var certificate : certificates) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        return store;
    }

    private static KeyManagerFactory keyManagers(Client client) throws GeneralSecurityException, IOException {
        var chain = certificates(client.certificate()).toArray(Certificate[]::new);
        var store = empty();
        store.setKeyEntry("client", key(client.key(), chain[0].getPublicKey().getAlgorithm()), IN_MEMORY, chain);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, IN_MEMORY);
        return managers;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<? extends Certificate> certificates(Path file) throws CertificateException, IOException {
        var certificates =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                        .stream()
                        .toList();
        if (certificates.isEmpty()) {
            throw new CertificateException(file + " (expected: certificates in PEM)");
        }
        return certificates;
    }

    private static PrivateKey key(Path file, String algorithm) throws GeneralSecurityException, IOException {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new InvalidKeySpecException(file + " (expected: a key in PEM, PKCS#8 without a passphrase)");
        }
        var body = text.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----.*", "");
        var bytes = Base64.getMimeDecoder().decode(body);
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }
}
