package dev.portcullis.console.signin;

import dev.portcullis.console.api.BusyException;
import dev.portcullis.console.api.Turns;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import java.time.Duration;

/// Refuses to look at a password while its username must wait, known or not, right or wrong.
///
/// @param turns bounds the slow hashes, which anybody may have computed
record ThrottledAuthenticationProvider(AuthenticationProvider checked, SignInThrottle throttle, Turns turns)
        implements AuthenticationProvider {
    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    ThrottledAuthenticationProvider(AuthenticationProvider checked, SignInThrottle throttle) {
        this(checked, throttle, new Turns("sign-ins", AT_ONCE, MOST_WAITING, PATIENCE));
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        var address = authentication.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        try {
            return turns.take(() -> authenticate(authentication, address));
        } catch (BusyException e) {
            throw new AuthenticationServiceException("too many sign in at once", e);
        }
    }

    private @Nullable Authentication authenticate(Authentication authentication, String address) {
        if (!throttle.begin(authentication.getName(), address)) {
            throw new LockedException("too many failed attempts");
        }
        try {
            var person = checked.authenticate(authentication);
            throttle.succeeded(authentication.getName(), address);
            return person;
        } catch (DisabledException e) {
            // The password was right.
            throttle.succeeded(authentication.getName(), address);
            throw e;
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return checked.supports(authentication);
    }
}
