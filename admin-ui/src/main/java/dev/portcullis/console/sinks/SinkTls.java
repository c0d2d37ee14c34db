package dev.portcullis.console.sinks;

import dev.portcullis.configuration.Pem;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
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
    /// @param key PEM, RSA or EC, PKCS#8 without a passphrase
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

    private static KeyStore trustStore(List<X509Certificate> certificates)
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
        store.setKeyEntry("client", key(client.key()), IN_MEMORY, chain);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, IN_MEMORY);
        return managers;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<X509Certificate> certificates(Path file) throws CertificateException, IOException {
        try {
            return Pem.certificates(Pem.text(file));
        } catch (CertificateException e) {
            throw new CertificateException(file + ": " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        try {
            return Pem.privateKey(Pem.text(file));
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeySpecException(file + ": " + e.getMessage(), e);
        }
    }
}
