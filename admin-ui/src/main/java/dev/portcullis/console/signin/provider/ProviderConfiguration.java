package dev.portcullis.console.signin.provider;

import dev.portcullis.console.ConsoleSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;

import java.util.Objects;

/// How ID tokens are checked: signature, issuer, audience, time and nonce.
@Configuration
class ProviderConfiguration {

    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(ConsoleSettings settings) {
        var algorithm = Objects.requireNonNull(SignatureAlgorithm.from(
                settings.signIn().provider().map(IdentityProvider::algorithm).orElse("RS256")));
        var factory = new OidcIdTokenDecoderFactory();
        factory.setJwsAlgorithmResolver(_ -> algorithm);
        return factory;
    }
}
