package dev.portcullis.proxy.identity;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.identity.Identification.Fault;
import dev.portcullis.secrets.ApiKey;
import dev.portcullis.secrets.KeyHasher;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The API keys that are good, as the database has them, in memory: a check is one hash and one look.
///
/// Whatever is wrong with a key that was shown, its bearer hears the same. Safe for all threads; the
/// directory is replaced as a whole.
public final class ApiKeys {
    /// Uses that wait to be written; more keys than that at once keep their older times.
    private static final int MAX_WAITING = 10_000;

    private final Clock clock;
    private final Map<UUID, Use> uses = new ConcurrentHashMap<>();
    private volatile Directory directory = new Directory(Optional.empty(), List.of());

    public ApiKeys(Clock clock) {
        this.clock = clock;
    }

    /// A key that was not revoked.
    ///
    /// @param hash of the whole key
    /// @param routes what it is good for; empty for every route
    /// @param networks where it may be used from; none for anywhere
    @SuppressWarnings("ArrayRecordComponent") // never handed out
    public record Entry(
            UUID id,
            String name,
            String prefix,
            byte[] hash,
            Optional<Set<String>> routes,
            List<String> groups,
            List<Network> networks,
            Optional<Instant> expiresAt) {}

    /// When a key was last used, and from where.
    public record Use(Instant at, InetAddress address) {}

    /// Puts other keys in the place of those that were known.
    ///
    /// @param hasher absent when the installation has no master key, and then no key is good
    public void replace(Optional<KeyHasher> hasher, List<Entry> entries) {
        directory = new Directory(hasher, entries);
    }

    /// How many keys are known.
    public int size() {
        return directory.byId.size();
    }

    /// Takes the uses noted since the last time.
    public Map<UUID, Use> takeUses() {
        var taken = Map.copyOf(uses);
        taken.forEach(uses::remove);
        return taken;
    }

    Identification identify(String shown, Presented presented) {
        var current = directory;
        var key = ApiKey.parse(shown);
        if (key.isEmpty() || current.hasher.isEmpty()) {
            return new Identification.Unknown(Fault.KEY_NOT_ACCEPTED);
        }
        var entry = Optional.ofNullable(current.byPrefix.get(key.get().prefix()));
        // Always compared, so that time does not tell whether there is such a prefix.
        var isRight = current.hasher.get().matches(key.get(), entry.map(Entry::hash));
        var now = clock.instant();
        return entry.filter(found -> isRight && isGood(found, presented, now))
                .<Identification>map(found -> known(found, presented, now))
                .orElseGet(() -> new Identification.Unknown(Fault.KEY_NOT_ACCEPTED));
    }

    boolean isStillValid(Caller.KeyHolder holder) {
        var entry = directory.byId.get(holder.id());
        return entry != null
                && entry.groups().equals(holder.groups())
                && entry.expiresAt().map(clock.instant()::isBefore).orElse(true);
    }

    private Identification known(Entry entry, Presented presented, Instant now) {
        if (uses.size() < MAX_WAITING) {
            uses.put(entry.id(), new Use(now, presented.peer().address()));
        }
        return new Identification.Known(
                new Caller.KeyHolder(entry.id(), entry.name(), entry.groups(), entry.expiresAt()));
    }

    private static boolean isGood(Entry entry, Presented presented, Instant now) {
        return entry.expiresAt().map(now::isBefore).orElse(true)
                && entry.routes()
                        .map(routes -> routes.contains(presented.route().name()))
                        .orElse(true)
                && (entry.networks().isEmpty()
                        || entry.networks().stream()
                                .anyMatch(network ->
                                        network.contains(presented.peer().address())));
    }

    private static final class Directory {
        private final Optional<KeyHasher> hasher;
        private final Map<String, Entry> byPrefix;
        private final Map<UUID, Entry> byId;

        Directory(Optional<KeyHasher> hasher, List<Entry> entries) {
            this.hasher = hasher;
            this.byPrefix = entries.stream().collect(Collectors.toUnmodifiableMap(Entry::prefix, Function.identity()));
            this.byId = entries.stream().collect(Collectors.toUnmodifiableMap(Entry::id, Function.identity()));
        }
    }
}
