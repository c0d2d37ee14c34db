package dev.portcullis.standalone.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

/// A TLS server with a certificate of the test's choice.
final class TlsServer implements AutoCloseable {
    private final HttpsServer server;

    TlsServer(X509Bundle certificate) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", TlsServer::refuse);
        server.start();
    }

    static CertificateBuilder certificate() {
        return new CertificateBuilder()
                .subject("CN=gateway")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .addExtendedKeyUsageServerAuth();
    }

    static X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .subject("CN=Acme authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /// The file that makes clients trust it.
    static String file(Path folder, X509Bundle authority) throws IOException {
        return Files.writeString(
                        folder.resolve("authorities.pem"), authority.getCertificatePEM(), StandardCharsets.US_ASCII)
                .toString();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        exchange.sendResponseHeaders(401, -1);
        exchange.close();
    }
}
