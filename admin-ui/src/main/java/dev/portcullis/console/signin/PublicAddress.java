package dev.portcullis.console.signin;

import dev.portcullis.console.ConsoleSettings;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

import java.net.URI;

/// Tells Tomcat the address by which browsers know the console, if that is not the one it listens on: addresses that
/// the console names are then right, and over https cookies are marked as secure and HSTS is sent. No header of a
/// request is believed for that.
@Component
class PublicAddress implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final ConsoleSettings settings;

    PublicAddress(ConsoleSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        settings.signIn()
                .publicUrl()
                .ifPresent(url -> server.addConnectorCustomizers(connector -> {
                    connector.setScheme(url.getScheme());
                    connector.setSecure(isSecure(url));
                    connector.setProxyName(url.getHost());
                    connector.setProxyPort(url.getPort() > 0 ? url.getPort() : isSecure(url) ? HTTPS : HTTP);
                }));
    }

    private static boolean isSecure(URI url) {
        return "https".equals(url.getScheme());
    }
}
