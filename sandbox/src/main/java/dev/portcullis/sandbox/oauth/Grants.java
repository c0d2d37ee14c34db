package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.RefreshToken;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Who was let in and is so still: [#CAPACITY] at most, the least recently used one is signed out for
/// another. Thread-safe.
///
/// A sign-in ends after 30 days, or 15 days without a refresh, as Port's. Each refresh token is good for
/// one refresh. The one before is forgiven for a moment and answered with the same successor, since
/// clients with several windows race; anything older looks stolen and ends the sign-in.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.14">RFC 9700, section 4.14</a>
final class Grants {

    static final int CAPACITY = 1_000;
    static final Duration FORGIVEN = Duration.ofSeconds(30);
    static final Duration LIFE = Duration.ofDays(30);
    static final Duration IDLE = Duration.ofDays(15);

    private final Clock clock;
    private final Duration forgiven;
    private final Bounded<Held> held = new Bounded<>(CAPACITY);

    Grants(Clock clock, Faults faults) {
        this.clock = clock;
        this.forgiven = faults.has(Fault.REFRESH_RACE) ? Duration.ZERO : FORGIVEN;
    }

    /// A grant that goes on.
    record Refreshed(Grant grant, RefreshToken token) {

        /// Without the token.
        @Override
        public String toString() {
            return "Refreshed[" + grant.id() + "]";
        }
    }

    /// Lets somebody in.
    synchronized Grant open(Grant.Kind kind, String client, String scope, String audience) {
        var grant = new Grant(random(), kind, client, scope, audience, clock.instant());
        held.put(grant.id(), new Held(grant, clock.instant()));
        return grant;
    }

    /// The grant, as long as nothing has ended it.
    synchronized Optional<Grant> live(String id) {
        return find(id).map(one -> one.grant);
    }

    /// Counts a request that the grant's token came with.
    ///
    /// @return how many there were
    synchronized int used(Grant grant) {
        return find(grant.id()).map(one -> ++one.requests).orElse(0);
    }

    /// The first refresh token of a grant that was just opened.
    synchronized RefreshToken refreshable(Grant grant) {
        return find(grant.id()).map(this::next).orElseThrow();
    }

    /// Exchanges a refresh token for the next one; nothing when it is not good for this client.
    synchronized Optional<Refreshed> refresh(String token, String client) {
        var found = find(idIn(token)).filter(one -> one.grant.client().equals(client));
        var successor = found.flatMap(one -> successor(token, one));
        if (successor.isEmpty()) {
            found.ifPresent(one -> revoke(one.grant.id()));
        }
        return successor;
    }

    synchronized void revoke(String id) {
        held.remove(id);
    }

    synchronized void revokeAll() {
        held.clear();
    }

    /// The id of the grant that a refresh token says to belong to.
    static String idIn(String refreshToken) {
        return refreshToken.substring(0, Math.max(0, refreshToken.indexOf('.')));
    }

    private static final class Held {
        private final Grant grant;
        private String current = "";
        private String previous = "";
        private Instant refreshed;
        private int requests;

        private Held(Grant grant, Instant now) {
            this.grant = grant;
            this.refreshed = now;
        }
    }

    private Optional<Held> find(String id) {
        var now = clock.instant();
        return held.find(id)
                .filter(one -> now.isBefore(one.grant.began().plus(LIFE)) && now.isBefore(one.refreshed.plus(IDLE)));
    }

    private Optional<Refreshed> successor(String token, Held one) {
        if (token.equals(one.current)) {
            return Optional.of(new Refreshed(one.grant, next(one)));
        }
        var isForgiven = token.equals(one.previous) && clock.instant().isBefore(one.refreshed.plus(forgiven));
        return isForgiven ? Optional.of(new Refreshed(one.grant, new RefreshToken(one.current))) : Optional.empty();
    }

    private RefreshToken next(Held one) {
        one.previous = one.current;
        one.current = one.grant.id() + "." + random();
        one.refreshed = clock.instant();
        return new RefreshToken(one.current);
    }

    private static String random() {
        return new JWTID().getValue();
    }
}
