package dev.portcullis.console.signin.provider;

import com.vaadin.flow.spring.security.UidlRedirectStrategy;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.access.FurtherDoor;
import dev.portcullis.console.events.RepeatedEvents;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.stereotype.Component;

import java.util.Objects;
import java.util.Optional;

/// Lets people in whom the identity provider knows: authorization code with PKCE, state and nonce, all of it by Spring
/// Security. The provider's discovery document is read when the first of them comes, so that the console starts
/// without the provider.
@Component
class ProviderDoor implements FurtherDoor {
    /// In the addresses of the two steps: `/oauth2/authorization/provider` and `/login/oauth2/code/provider`.
    static final String ID = "provider";

    private static final String SIGN_IN = "/sign-in";

    private final Optional<IdentityProvider> provider;
    private final RepeatedEvents events;

    ProviderDoor(ConsoleSettings settings, RepeatedEvents events) {
        this.provider = settings.signIn().provider();
        this.events = events;
    }

    @Override
    public void open(HttpSecurity http) {
        provider.ifPresent(known -> open(http, known));
    }

    private void open(HttpSecurity http, IdentityProvider known) {
        var registrations = new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(registration(known)));
        var failures = new ProviderFailures(known, events);
        http.oauth2Login(login -> login.clientRegistrationRepository(registrations)
                .authorizedClientRepository(new NoTokensKept())
                .loginPage(SIGN_IN)
                .userInfoEndpoint(claims -> claims.oidcUserService(new ProviderPeople(known)))
                .failureHandler(failures)
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                        filter.setAuthenticationFailureHandler(failures);
                        return filter;
                    }
                }));
        // Vaadin's own handler would replace one that is given to Spring Security.
        Objects.requireNonNull(http.getConfigurer(VaadinSecurityConfigurer.class))
                .logoutSuccessHandler(signOut(registrations));
    }

    /// Whoever came from the provider leaves there, too, when it can be told; all others have left.
    private static OidcClientInitiatedLogoutSuccessHandler signOut(ClientRegistrationRepository registrations) {
        var handler = new OidcClientInitiatedLogoutSuccessHandler(registrations);
        handler.setPostLogoutRedirectUri("{baseUrl}" + SIGN_IN);
        handler.setDefaultTargetUrl(SIGN_IN);
        handler.setRedirectStrategy(new UidlRedirectStrategy());
        return handler;
    }

    private static ClientRegistration registration(IdentityProvider known) {
        return ClientRegistrations.fromOidcIssuerLocation(known.issuer().toString())
                .registrationId(ID)
                .clientId(known.clientId())
                .clientSecret(known.clientSecret().reveal())
                .scope(known.scopes())
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .build();
    }
}
