package dev.portcullis.console.signin;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Slows down guessing: after some failures in a row a username must wait, twice as long each time. An attempt counts
/// as
/// a failure from its beginning, so that guesses at the same moment gain nothing.
///
/// An address from which somebody has signed in is counted apart for them: whoever guesses elsewhere does not shut them
/// out.
///
/// It remembers at most [#MOST_NAMES] usernames and as many such addresses, the least recently used are forgotten
/// first.
/// Safe for threads.
@Component
public class SignInThrottle {
    static final int FREE_FAILURES = 5;
    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final int MOST_NAMES = 10_000;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final String ELSEWHERE = "";

    private final Clock clock;
    private final Map<Attempts, Failures> failures = new Bounded<>();

    /// Where somebody has signed in.
    private final Map<Attempts, Boolean> known = new Bounded<>();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /// Those that are counted together.
    ///
    /// @param address one from which they have signed in, or [#ELSEWHERE]
    private record Attempts(String username, String address) {}

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

    private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_NAMES;
        }
    }

    /// Whether a password may be tried for this username now; if so, it has failed until it [#succeeded].
    synchronized boolean begin(String username, String address) {
        var now = Instant.now(clock);
        var attempts = attempts(username, address);
        var before = failures.get(attempts);
        if (before != null && before.mayTryAt().isAfter(now)) {
            return false;
        }
        failures.put(attempts, new Failures(before == null ? 1 : before.count() + 1, now));
        return true;
    }

    synchronized void succeeded(String username, String address) {
        failures.remove(attempts(username, address));
        known.put(new Attempts(key(username), address), true);
    }

    private Attempts attempts(String username, String address) {
        var here = new Attempts(key(username), address);
        return known.get(here) == null ? new Attempts(here.username(), ELSEWHERE) : here;
    }

    private static String key(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }
}
