package dev.portcullis.proxy.tls;

import dev.portcullis.configuration.Pem;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// How upstreams prove who they are: with a certificate for the very host name, of an authority that is
/// trusted. There is no way to switch that off.
public final class UpstreamTls {
    private UpstreamTls() {}

    /// Trusts the Java runtime's authorities, and those in `authorities` besides.
    ///
    /// @param authorities a PEM file
    /// @throws IOException when the file cannot be used; the message is a sentence for people
    public static SslContext trusting(Optional<Path> authorities) throws IOException {
        try {
            var builder = TlsEngine.applyTo(SslContextBuilder.forClient());
            // Said here, because otherwise a system property decides it.
            builder.endpointIdentificationAlgorithm("HTTPS");
            if (authorities.isPresent()) {
                builder.trustManager(trust(authorities.get()));
            }
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot use " + authorities.orElseThrow() + " for upstreams: " + e.getMessage(), e);
        }
    }

    /// The same trust for Java's own sockets.
    ///
    /// @param authorities a PEM file
    /// @throws IOException when the file cannot be used; the message is a sentence for people
    public static SSLContext ofJava(Optional<Path> authorities) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustManager(authorities)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot use TLS for outgoing requests: " + e.getMessage(), e);
        }
    }

    /// The same trust, to be asked about certificates.
    ///
    /// @param authorities a PEM file
    /// @throws IOException when the file cannot be used; the message is a sentence for people
    public static X509TrustManager trustManager(Optional<Path> authorities) throws IOException {
        try {
            return managerOf(authorities.isPresent() ? trust(authorities.get()) : runtimeTrust());
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot use " + authorities.orElseThrow() + " as authorities: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trust(Path authorities) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int count = 0;
        for (var authority : Pem.certificates(Pem.text(authorities))) {
            trusted.setCertificateEntry("own-" + count++, authority);
        }
        for (var authority : managerOf(runtimeTrust()).getAcceptedIssuers()) {
            trusted.setCertificateEntry("runtime-" + count++, authority);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private static TrustManagerFactory runtimeTrust() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory;
    }

    private static X509TrustManager managerOf(TrustManagerFactory factory) {
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
