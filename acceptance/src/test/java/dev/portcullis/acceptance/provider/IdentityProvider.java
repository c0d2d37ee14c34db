package dev.portcullis.acceptance.provider;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import java.util.Map;

/// An identity provider as a process: OpenID Connect for people, client credentials for programs, tokens
/// for the jobs of a build service, keys that change.
///
/// It serves several issuers, as hosted ones do, below one origin and with the same keys: `/<tenant>`,
/// whatever its name, and below that what its `/.well-known/openid-configuration` says. The tenant
/// `actions` also has [WorkloadTokens].
@SpringBootApplication
public class IdentityProvider {

    /// @param arguments the port of loopback to listen on, and the file that keeps its keys
    public static void main(String[] arguments) {
        var application = new SpringApplication(IdentityProvider.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(Map.of(
                "server.address", "127.0.0.1",
                "server.port", arguments[0],
                "server.shutdown", "immediate",
                "provider.keys", arguments[1],
                "spring.main.lazy-initialization", "true"));
        application.run();
    }
}
