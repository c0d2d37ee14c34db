package dev.portcullis.proxy.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What was taken back before its own end: sessions, and all that an identity provider has given a caller until some
/// moment. As long as nobody has said what that is, all of it counts as taken back.
///
/// Ends are judged anew at every look, by the replica's clock. Safe for all threads; whoever reads the database
/// replaces it as a whole.
public final class Revocations {
    private final Clock clock;
    private volatile Optional<InForce> inForce = Optional.empty();

    public Revocations(Clock clock) {
        this.clock = clock;
    }

    /// @param digest of the session's id, as records have it
    /// @param ends from when on it is no longer refused
    public record Session(String digest, Instant ends) {}

    /// @param caller as the policy knows them, `<issuer>:<subject>`
    /// @param since what was issued before is refused
    /// @param ends from when on it is no longer refused
    public record Grant(String caller, Instant since, Instant ends) {}

    private record InForce(Map<String, Instant> sessions, Map<String, List<Grant>> grants) {}

    /// These, and no others.
    public void replace(Collection<Session> sessions, Collection<Grant> grants) {
        inForce = Optional.of(new InForce(
                sessions.stream()
                        .collect(Collectors.toUnmodifiableMap(Session::digest, Session::ends, Revocations::later)),
                grants.stream().collect(Collectors.groupingBy(Grant::caller))));
    }

    /// How many there are, whether they are over or not.
    public int size() {
        return inForce.map(known -> known.sessions().size() + known.grants().size())
                .orElse(0);
    }

    /// Whether requests of this session are refused.
    ///
    /// @param digest of the session's id, as records have it
    public boolean hasSession(String digest) {
        var known = inForce;
        return known.isEmpty()
                || Optional.ofNullable(known.get().sessions().get(digest))
                        .filter(clock.instant()::isBefore)
                        .isPresent();
    }

    /// Whether what says who this caller is was issued before it was taken back. What does not say when it was issued
    /// may have been.
    boolean hasGrantOf(Caller caller) {
        return switch (caller) {
            case Caller.TokenHolder holder -> hasGrantOf(holder);
            case Caller.PassedThrough passed ->
                passed.verified().filter(this::hasGrantOf).isPresent();
            case Caller.Anonymous anonymous -> false;
            case Caller.KeyHolder key -> false;
            case Caller.CertificateHolder certificate -> false;
        };
    }

    private boolean hasGrantOf(Caller.TokenHolder holder) {
        var known = inForce;
        if (known.isEmpty()) {
            return true;
        }
        var grants = known.get().grants();
        if (grants.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        return grants.getOrDefault(holder.facts().subject().orElseThrow(), List.of()).stream()
                .filter(grant -> now.isBefore(grant.ends()))
                .anyMatch(grant ->
                        holder.issuedAt().map(at -> at.isBefore(grant.since())).orElse(true));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
