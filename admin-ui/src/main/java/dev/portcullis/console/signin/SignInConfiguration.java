package dev.portcullis.console.signin;

import dev.portcullis.console.signin.query.AdministratorQuery;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
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
            AdministratorQuery administrators, PasswordEncoder encoder, SignInThrottle throttle) {
        var checked = new DaoAuthenticationProvider(username -> administrators
                .byUsername(username)
                .orElseThrow(() -> new UsernameNotFoundException("no such administrator")));
        checked.setPasswordEncoder(encoder);
        return new ThrottledAuthenticationProvider(checked, throttle);
    }
}
