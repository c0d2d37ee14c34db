package dev.portcullis.standalone.doctor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// A TLS handshake that goes through whatever certificate is shown, so that the certificate can be
/// looked at. Nothing is said over the connection, which is closed at once.
///
/// @param certificates what the server shows, its own first; none when there was no handshake
/// @param keyExchange as a trust manager wants to know it
/// @param clientCertificateWanted whether the server asked for one
/// @param failure why it did not come to an end
record ObservedHandshake(
        List<X509Certificate> certificates,
        String keyExchange,
        boolean clientCertificateWanted,
        Optional<IOException> failure) {
    /// How long a server may take to say that it misses a client certificate: with TLS 1.3 it says so
    /// only after the handshake.
    private static final Duration AFTERTHOUGHT = Duration.ofMillis(500);

    ObservedHandshake {
        certificates = List.copyOf(certificates);
    }

    /// @param host for the server's choice of a certificate
    static ObservedHandshake with(String host, InetAddress address, int port, Duration patience) {
        var certificates = new ShownCertificates();
        var keys = new NoKeys();
        Optional<IOException> failure = Optional.empty();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), Math.toIntExact(patience.toMillis()));
            plain.setSoTimeout(Math.toIntExact(patience.toMillis()));
            shake(plain, host, port, certificates, keys);
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        return new ObservedHandshake(certificates.shown, certificates.keyExchange, keys.wanted, failure);
    }

    /// Whether TLS is spoken there at all.
    boolean isTls() {
        return !certificates.isEmpty();
    }

    private static void shake(Socket plain, String host, int port, ShownCertificates certificates, NoKeys keys)
            throws IOException {
        try (var socket =
                (SSLSocket) context(certificates, keys).getSocketFactory().createSocket(plain, host, port, true)) {
            socket.startHandshake();
            if (keys.wanted) {
                socket.setSoTimeout(Math.toIntExact(AFTERTHOUGHT.toMillis()));
                awaitAfterthought(socket);
            }
        }
    }

    private static void awaitAfterthought(SSLSocket socket) throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new SSLException("closed after the handshake");
            }
        } catch (SocketTimeoutException e) {
            // It does without.
        }
    }

    private static SSLContext context(ShownCertificates certificates, NoKeys keys) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {certificates}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /// Believes nothing and refuses nothing: it only takes notes.
    private static final class ShownCertificates extends X509ExtendedTrustManager {
        private List<X509Certificate> shown = List.of();
        private String keyExchange = "UNKNOWN";

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            shown = List.of(chain);
            keyExchange = authType;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("this is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            checkClientTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            checkClientTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// Notes that it was asked for a key, and has none.
    private static final class NoKeys extends X509ExtendedKeyManager {
        private boolean wanted;

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            wanted = true;
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
