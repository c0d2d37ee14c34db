package dev.portcullis.console.signin;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;

/// Refuses to look at a password while its username must wait, known or not, right or wrong.
record ThrottledAuthenticationProvider(AuthenticationProvider checked, SignInThrottle throttle)
        implements AuthenticationProvider {

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        if (!throttle.mayTry(authentication.getName())) {
            throw new LockedException("too many failed attempts");
        }
        return checked.authenticate(authentication);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return checked.supports(authentication);
    }
}
