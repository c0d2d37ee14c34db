package dev.portcullis.standalone.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.X509TrustManager;

/// Whether there is TLS, and whether clients will believe it.
final class TlsCheck {
    private final Target target;
    private final X509TrustManager trust;
    private final Clock clock;
    private final Duration patience;

    TlsCheck(Target target, X509TrustManager trust, Clock clock, Duration patience) {
        this.target = target;
        this.trust = trust;
        this.clock = clock;
        this.patience = patience;
    }

    List<Finding> run(InetAddress address) {
        var handshake = ObservedHandshake.with(target.host(), address, target.port(), patience);
        if (handshake.failure().isPresent()) {
            return List.of(failed(handshake, handshake.failure().get(), address));
        }
        return new CertificateCheck(target, trust, clock).run(handshake);
    }

    /// Whether TLS is spoken where plain HTTP was expected.
    boolean isSpokenAt(InetAddress address) {
        return ObservedHandshake.with(target.host(), address, target.port(), patience)
                .isTls();
    }

    private Finding failed(ObservedHandshake handshake, IOException trouble, InetAddress address) {
        if (handshake.clientCertificateWanted()) {
            return Finding.problem(
                    Code.TLS_CLIENT_CERTIFICATE,
                    "The gateway lets in only who shows a client certificate, and this command shows none.",
                    "Give the client a certificate of the authorities in proxy.tls.clientAuthorities, or set"
                            + " proxy.tls.clientCertificates to optional.");
        }
        if (FirstBytes.of(target, address, patience).areHttp()) {
            return Finding.problem(
                    Code.TLS_MISSING,
                    "There is plain HTTP, without TLS, at this port.",
                    "Begin the URL with http:// when the gateway is on this machine; otherwise configure proxy.tls, or"
                            + " use the port where TLS is ended.");
        }
        if (trouble instanceof SocketTimeoutException) {
            return Finding.problem(
                    Code.TLS_NOT_ANSWERED,
                    "Somebody listens and does not answer to TLS.",
                    "A firewall may hold encrypted traffic back, or another program has the port: ask who should be"
                            + " there.");
        }
        return Finding.problem(
                Code.TLS_FAILED,
                "No TLS can be spoken there (" + trouble.getMessage() + ").",
                "Check the port. The gateway speaks TLS 1.2 and 1.3: an inspecting proxy on the way, or another"
                        + " program, may not.");
    }
}
