package dev.portcullis.proxy.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import java.security.cert.X509Certificate;
import java.util.Optional;

import javax.net.ssl.SSLPeerUnverifiedException;

/// The certificate a client has shown.
public final class ClientCertificate {
    private ClientCertificate() {}

    /// The client's own certificate, verified against the configured authorities; absent when it showed
    /// none. `channel` is its connection, or one stream of it.
    public static Optional<X509Certificate> of(Channel channel) {
        return handler(channel).flatMap(ClientCertificate::verified);
    }

    /// Whether the connection is encrypted. `channel` is the connection, or one stream of it.
    public static boolean isEncrypted(Channel channel) {
        return handler(channel).isPresent();
    }

    private static Optional<SslHandler> handler(Channel channel) {
        for (@Nullable Channel each = channel; each != null; each = each.parent()) {
            var tls = each.pipeline().get(SslHandler.class);
            if (tls != null) {
                return Optional.of(tls);
            }
        }
        return Optional.empty();
    }

    private static Optional<X509Certificate> verified(SslHandler tls) {
        try {
            return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
