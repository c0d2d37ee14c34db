package dev.portcullis.standalone.doctor;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import javax.net.ssl.SSLException;

/// Tells what it is that answers in the gateway's place, or does not answer.
final class Stranger {
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final Target target;
    private final InetAddress address;
    private final TlsCheck tls;
    private final Duration patience;

    Stranger(Target target, InetAddress address, TlsCheck tls, Duration patience) {
        this.patience = patience;
        this.target = target;
        this.address = address;
        this.tls = tls;
    }

    /// It answers in HTTP, without the header that every answer of the gateway has.
    Finding answered(Answer answer) {
        if (isSecretlyTls()) {
            return unexpectedTls();
        }
        var status = answer.status();
        if (status >= 300 && status < 400) {
            return Finding.problem(
                    Code.REDIRECTED,
                    "Something else answers there (HTTP " + status + ") and sends everybody to "
                            + host(answer.header("location")) + ".",
                    "A sign-in page of a network or of a proxy stands before the gateway: sign in there with a browser,"
                            + " or let MCP clients pass without it.");
        }
        if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
            return Finding.problem(
                    Code.GATEWAY_BEHIND_IS_DOWN,
                    "A load balancer or proxy answers (HTTP " + status + "), and the gateway behind it does not.",
                    "Check that replicas of the gateway run, and that the load balancer knows their addresses.");
        }
        return Finding.problem(
                Code.ANOTHER_PROGRAM,
                "Something answers there (HTTP " + status + "), but it is not this gateway.",
                "Compare the URL with the one the gateway's operator gave out. Another program has the port, a proxy"
                        + " answers in the gateway's place, or the name leads past it.");
    }

    /// There is no answer in HTTP.
    Finding failed(IOException trouble) {
        if (trouble instanceof SocketTimeoutException) {
            return Finding.problem(
                    Code.NOT_ANSWERED,
                    "The connection is accepted, and then no whole answer comes in time.",
                    "The gateway, or whatever stands before it, hangs: look at its log and its load, and try a longer"
                            + " --timeout.");
        }
        if (isSecretlyTls()) {
            return unexpectedTls();
        }
        return switch (trouble) {
            case NoHttpResponseException _, ConnectionClosedException _, SocketException _ -> hungUp();
            case SSLException _ ->
                Finding.problem(
                        Code.TLS_FAILED,
                        "TLS broke off (" + trouble.getMessage() + ").",
                        "Try again; if it stays so, look at what stands between this machine and the gateway.");
            default -> notHttp();
        };
    }

    private Finding hungUp() {
        return !target.isEncrypted() && FirstBytes.of(target, address, patience).areSomethingElse()
                ? notHttp()
                : Finding.problem(
                        Code.HUNG_UP,
                        "The connection is accepted, and then closed without an answer.",
                        "Something on the way does not like the request: an inspecting firewall, a gateway that waits"
                                + " for a PROXY line (proxy.proxyProtocol), or another program.");
    }

    private static Finding notHttp() {
        return Finding.problem(Code.NOT_HTTP, "What listens there does not speak HTTP.", "Check the port in the URL.");
    }

    private boolean isSecretlyTls() {
        return !target.isEncrypted() && tls.isSpokenAt(address);
    }

    private static Finding unexpectedTls() {
        return Finding.problem(
                Code.TLS_UNEXPECTED,
                "There is TLS at this port, and the URL begins with http.",
                "Use https:// instead.");
    }

    private static String host(Optional<String> location) {
        try {
            return location.map(URI::create).map(URI::getHost).orElse("another page");
        } catch (IllegalArgumentException e) {
            return "another page";
        }
    }
}
