package dev.portcullis.console.access;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.api.ProblemWriter;
import dev.portcullis.console.api.store.DatabaseAwayFilter;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/// The two doors: programs with a token come in at `/api`, people with a session everywhere else.
///
/// Both lead to the same services, whose methods carry the roles.
@Configuration
@EnableMethodSecurity(prePostEnabled = false, jsr250Enabled = true)
class AccessConfiguration {
    static final String SIGN_IN = "/sign-in";

    /// Flow starts its pages with inline scripts and runs what the server sends with `new Function`.
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    @Bean
    @Order(1)
    SecurityFilterChain apiFilterChain(
            HttpSecurity http,
            AdminTokenQuery tokens,
            FailedTokens failed,
            SecurityContextHolderStrategy contexts,
            ProblemWriter problems) {
        return http.securityMatcher("/api/**")
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No cookie is looked at here, so there is nothing to forge.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(AccessConfiguration::secureHeaders)
                .addFilterBefore(new BodyLimitFilter(problems), UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(new DatabaseAwayFilter(problems), UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(
                        new BearerTokenFilter(tokens, failed, contexts), UsernamePasswordAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers("/api/openapi.json", "/api/v1/policy/schema")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint((request, response, _) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"portcullis console\"");
                            problems.write(response, HttpStatus.UNAUTHORIZED, "A valid admin token is needed.");
                        })
                        .accessDeniedHandler((_, response, _) ->
                                problems.write(response, HttpStatus.FORBIDDEN, "The token's roles do not allow this.")))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain screensFilterChain(HttpSecurity http, SessionRegistry sessions, FurtherDoor further) {
        http.headers(AccessConfiguration::secureHeaders)
                .addFilterBefore(new ForeignPageFilter(), LogoutFilter.class)
                // Whoever may not see what went wrong would be told that it was not allowed.
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/*.css", "/icon.svg")
                        .permitAll())
                .sessionManagement(session ->
                        session.maximumSessions(-1).sessionRegistry(sessions).expiredUrl(SIGN_IN))
                .with(VaadinSecurityConfigurer.vaadin(), vaadin -> vaadin.loginView(SIGN_IN, SIGN_IN))
                .formLogin(form -> form.failureHandler(
                        (_, response, trouble) -> response.sendRedirect(SIGN_IN + "?" + word(trouble))));
        further.open(http);
        return http.build();
    }

    /// What the screen says.
    private static String word(AuthenticationException trouble) {
        return switch (trouble) {
            case LockedException _ -> "locked";
            case DisabledException _ -> "closed";
            case AuthenticationServiceException _ -> "busy";
            default -> "error";
        };
    }

    /// Knows every signed-in session, so that a changed password can end the others.
    @Bean
    SessionRegistry sessionRegistry() {
        return new SessionRegistryImpl();
    }

    @Bean
    HttpSessionEventPublisher httpSessionEventPublisher() {
        return new HttpSessionEventPublisher();
    }

    private static void secureHeaders(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions ->
                        permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
    }
}
