package dev.portcullis.console.signin;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.signin.query.AdministratorQuery;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/// How a username and a password become an [Administrator].
@Configuration
class SignInConfiguration {

    @Bean
    PasswordEncoder passwordEncoder() {
        return Passwords.encoder();
    }

    @Bean
    AuthenticationProvider authenticationProvider(
            AdministratorQuery administrators,
            PasswordEncoder encoder,
            SignInThrottle throttle,
            ConsoleSettings settings) {
        var checked = new DaoAuthenticationProvider(username -> administrators
                .byUsername(username)
                .orElseThrow(() -> new UsernameNotFoundException("no such administrator")));
        checked.setPasswordEncoder(encoder);
        // Only whoever knows the password is told that it is of no use.
        checked.setPreAuthenticationChecks(_ -> {});
        checked.setPostAuthenticationChecks(person -> {
            if (!person.isEnabled()) {
                throw new DisabledException("locked by an admin");
            }
        });
        return settings.signIn().local() ? new ThrottledAuthenticationProvider(checked, throttle) : new NoPasswords();
    }

    /// Refuses every password.
    private static final class NoPasswords implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication authentication) {
            throw new BadCredentialsException("people sign in with the identity provider");
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
        }
    }
}
