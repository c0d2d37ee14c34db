package dev.portcullis.console.signin;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Slows down guessing: after some failures in a row a username must wait, twice as long each time.
///
/// It remembers at most [#MOST_NAMES] usernames, the least recently tried are forgotten first. Safe for
/// threads.
@Component
public class SignInThrottle {
    static final int FREE_FAILURES = 5;
    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final int MOST_NAMES = 10_000;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_NAMES;
        }
    };

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant last) {
        Instant mayTryAt() {
            var doublings = Math.min(count - FREE_FAILURES, 10);
            if (doublings < 0) {
                return last;
            }
            var wait = FIRST_WAIT.multipliedBy(1L << doublings);
            return last.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
    }

    /// Whether a password may be tried for this username now.
    public synchronized boolean mayTry(String username) {
        var known = failures.get(key(username));
        return known == null || !known.mayTryAt().isAfter(Instant.now(clock));
    }

    synchronized void failed(String username) {
        failures.merge(
                key(username),
                new Failures(1, Instant.now(clock)),
                (known, added) -> new Failures(known.count() + 1, added.last()));
    }

    synchronized void succeeded(String username) {
        failures.remove(key(username));
    }

    private static String key(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }
}
