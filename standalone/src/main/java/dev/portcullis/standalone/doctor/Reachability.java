package dev.portcullis.standalone.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Name, connection and TLS: what has to work before anybody can speak HTTP.
final class Reachability {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final String NAME = "name";
    private static final String CONNECTION = "connection";
    private static final String TLS = "tls";

    private final URI endpoint;
    private final List<Finding> findings = new ArrayList<>();

    private Reachability(URI endpoint) {
        this.endpoint = endpoint;
    }

    /// The findings, up to the first problem.
    static List<Finding> check(URI endpoint) {
        var reachability = new Reachability(endpoint);
        reachability.name();
        return List.copyOf(reachability.findings);
    }

    private void name() {
        try {
            var addresses = InetAddress.getAllByName(endpoint.getHost());
            findings.add(Finding.ok(
                    NAME,
                    endpoint.getHost() + " is "
                            + Arrays.stream(addresses)
                                    .map(InetAddress::getHostAddress)
                                    .collect(Collectors.joining(", "))));
            connection(addresses[0]);
        } catch (UnknownHostException e) {
            findings.add(Finding.problem(
                    NAME,
                    "The name " + endpoint.getHost() + " is not known to this machine's DNS.",
                    "Check the spelling, the VPN, and that the name is published in your DNS."));
        }
    }

    private void connection(InetAddress address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            findings.add(Finding.ok(CONNECTION, "Something listens at " + address.getHostAddress() + ":" + port()));
            if ("https".equals(endpoint.getScheme())) {
                tls(socket);
            }
        } catch (SocketTimeoutException e) {
            findings.add(Finding.problem(
                    CONNECTION,
                    "No answer from " + address.getHostAddress() + ":" + port() + ": packets get lost on the way.",
                    "A firewall drops them, usually: ask for " + address.getHostAddress() + " port " + port()
                            + " to be opened, or use the VPN."));
        } catch (IOException e) {
            findings.add(Finding.problem(
                    CONNECTION,
                    "Nobody listens at " + address.getHostAddress() + ":" + port() + " (" + e.getMessage() + ").",
                    "Check the port, and that the gateway is started."));
        }
    }

    private void tls(Socket connected) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (var socket = (SSLSocket) factory.createSocket(connected, endpoint.getHost(), port(), false)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            findings.add(Finding.ok(TLS, "The certificate is valid for " + endpoint.getHost()));
        } catch (SSLException e) {
            findings.add(refusedCertificate(e));
        }
    }

    private Finding refusedCertificate(SSLException trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return Finding.problem(
                        TLS,
                        "The gateway's certificate has expired, or is not valid yet.",
                        "Renew the certificate (the gateway reads its files again by itself), and check this clock.");
            }
            var text = String.valueOf(cause.getMessage());
            if (text.contains("subject alternative") || text.contains("No name matching")) {
                return Finding.problem(
                        TLS,
                        "The certificate there is for another name than " + endpoint.getHost() + ".",
                        "Use the name in the certificate, or give the gateway one for this name (proxy.tls.hosts).");
            }
            if (text.contains("PKIX path") || text.contains("unable to find valid certification path")) {
                return Finding.problem(
                        TLS,
                        "The certificate was issued by an authority that this machine does not trust.",
                        "Add the company's authority to the client's trust store: NODE_EXTRA_CA_CERTS for clients on"
                                + " Node, -Djavax.net.ssl.trustStore for this command.");
            }
        }
        return Finding.problem(
                TLS,
                "There is no TLS at " + endpoint.getAuthority() + " that this machine can speak ("
                        + trouble.getMessage() + ").",
                "Check that the URL should begin with https, and that no client certificate is required.");
    }

    private int port() {
        if (endpoint.getPort() > 0) {
            return endpoint.getPort();
        }
        return "https".equals(endpoint.getScheme()) ? 443 : 80;
    }
}
