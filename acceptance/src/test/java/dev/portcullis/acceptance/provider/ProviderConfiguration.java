package dev.portcullis.acceptance.provider;

import com.nimbusds.jose.JOSEException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Who may sign in there, with which programs, and what the tokens say.
@Configuration
class ProviderConfiguration {
    private static final String GROUP = "GROUP_";

    @Bean
    ProviderKeys keys(@Value("${provider.keys}") Path file) throws IOException, JOSEException, ParseException {
        return new ProviderKeys(file);
    }

    @Bean
    @Order(1)
    SecurityFilterChain authorizationServer(HttpSecurity http) {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.oidc(oidc -> oidc.logoutEndpoint(ends -> ends.authenticationProviders(
                            providers -> providers.forEach(ProviderConfiguration::letAnyPortBeReturnedTo))));
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint("/login"),
                        new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain others(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actions/**", "/keys")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .csrf(csrf -> csrf.ignoringRequestMatchers("/keys"))
                .formLogin(Customizer.withDefaults())
                .build();
    }

    @Bean
    AuthorizationServerSettings settings() {
        return AuthorizationServerSettings.builder()
                .multipleIssuersAllowed(true)
                .build();
    }

    @Bean
    UserDetailsService people() {
        return new InMemoryUserDetailsManager(person("alice", "developers"), person("carol", "contractors"));
    }

    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(
                client(Accounts.LAPTOP)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .redirectUri(Accounts.CALLBACK)
                        .scope("mcp")
                        .clientSettings(ClientSettings.builder()
                                .requireProofKey(true)
                                .requireAuthorizationConsent(false)
                                .build())
                        .build(),
                client(Accounts.GATEWAY)
                        .clientSecret("{noop}" + Accounts.GATEWAYS_SECRET)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .build(),
                client(Accounts.CONSOLE)
                        .clientSecret("{noop}" + Accounts.CONSOLES_SECRET)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .redirectUri("http://127.0.0.1/login/oauth2/code/provider")
                        .postLogoutRedirectUri(Accounts.CONSOLES_DOOR)
                        .scope(OidcScopes.OPENID)
                        .scope(OidcScopes.PROFILE)
                        .build(),
                client(Accounts.HASTY)
                        .clientSecret("{noop}" + Accounts.HASTY)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .tokenSettings(TokenSettings.builder()
                                .accessTokenTimeToLive(Duration.ofSeconds(1))
                                .build())
                        .build());
    }

    /// The audience of an access token is the resource that was asked for, as RFC 8707 has it, and people's groups are
    /// told.
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokens() {
        return context -> {
            if (!context.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN)) {
                context.getClaims().audience(RequestedResources.of(context.getAuthorizationGrant()));
            }
            if (context.getRegisteredClient().getClientId().equals(Accounts.GATEWAY)) {
                context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
            }
            if (context.getAuthorizationGrantType().equals(AuthorizationGrantType.AUTHORIZATION_CODE)) {
                context.getClaims()
                        .claim("groups", groups(context.getPrincipal()))
                        .claim("name", "Person " + context.getPrincipal().getName());
            }
        };
    }

    /// As with redirect URIs on this machine, the port is not compared.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, loopback redirection</a>
    private static void letAnyPortBeReturnedTo(AuthenticationProvider provider) {
        if (provider instanceof OidcLogoutAuthenticationProvider logout) {
            logout.setAuthenticationValidator(context -> {
                OidcLogoutAuthenticationToken request = context.getAuthentication();
                var asked = request.getPostLogoutRedirectUri().replaceFirst("^(http://127\\.0\\.0\\.1):[0-9]+", "$1");
                if (!context.getRegisteredClient().getPostLogoutRedirectUris().contains(asked)) {
                    throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
                }
            });
        }
    }

    private static UserDetails person(String name, String group) {
        return User.withUsername(name)
                .password("{noop}" + Accounts.passwordOf(name))
                .authorities(GROUP + group)
                .build();
    }

    private static List<String> groups(Authentication person) {
        return person.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority.startsWith(GROUP))
                .map(authority -> authority.substring(GROUP.length()))
                .toList();
    }

    private static RegisteredClient.Builder client(String id) {
        return RegisteredClient.withId(UUID.randomUUID().toString()).clientId(id);
    }
}
