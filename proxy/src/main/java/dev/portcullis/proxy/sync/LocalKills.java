package dev.portcullis.proxy.sync;

import dev.portcullis.configuration.ConfigurationException;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// The kills that were engaged on this replica alone, through its management port: without the database,
/// and for as long as somebody on this replica, or in the console, releases them.
///
/// At most [#MOST] at once. Safe for all threads; writing the file is waited for, so none of this is for
/// event loops.
public final class LocalKills {
    /// How many there can be; who needs more stops the whole organization.
    public static final int MOST = 500;
    /// Room that only those have that stop everything: nobody who must should find it taken, by released ones that
    /// wait for the database for instance.
    private static final int MOST_OF_ALL = 2 * MOST;

    private static final Logger LOG = LoggerFactory.getLogger(LocalKills.class);

    private final Optional<LocalKillFile> file;
    private final Clock clock;
    private volatile List<LocalKill> kills;
    private volatile Runnable obey = () -> {};

    private LocalKills(Optional<LocalKillFile> file, List<LocalKill> kills, Clock clock) {
        this.file = file;
        this.kills = List.copyOf(kills);
        this.clock = clock;
    }

    /// For a replica on which none can be engaged.
    public static LocalKills none() {
        return new LocalKills(Optional.empty(), List.of(), Clock.systemUTC());
    }

    /// Those of the file, and room for more.
    ///
    /// @throws ConfigurationException when the file cannot be read, or could not be written
    public static LocalKills in(Path path, Clock clock) {
        var file = new LocalKillFile(path);
        try {
            var kills = file.read();
            file.write(kills);
            return new LocalKills(Optional.of(file), kills, clock);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The kills of this replica cannot be kept in " + path + " (" + e.getMessage()
                            + "). Without them it would let pass what somebody has stopped, so it does not start.",
                    e);
        }
    }

    /// A kill that is in force.
    ///
    /// @param kept whether it outlives this process even when the database stays away
    public record Engaged(Kill kill, boolean kept) {}

    /// What became of a wish to release a kill.
    public enum Release {
        RELEASED,
        /// It is released already.
        OVER,
        /// There is no kill of this replica with this id.
        UNKNOWN
    }

    /// Puts a kill in force, and returns when this replica obeys it.
    ///
    /// @throws IllegalArgumentException when its end has come already
    /// @throws IllegalStateException when there are too many
    public Engaged engage(KillOrder order) {
        var now = clock.instant();
        var kill = order.kill(UUID.randomUUID(), now);
        synchronized (this) {
            var ofAll = kill.scope().isOrganization();
            if (kills.size() >= (ofAll ? MOST_OF_ALL : MOST)) {
                throw new IllegalStateException("there are " + kills.size() + " kills here: release some"
                        + (ofAll ? "" : ", or stop everything"));
            }
            var more = new ArrayList<>(kills);
            more.add(LocalKill.engaged(kill, now));
            kills = List.copyOf(more);
        }
        obey.run();
        LOG.atWarn()
                .addKeyValue("kill", kill.id())
                .addKeyValue("scope", kill.scope().describe())
                .log("kill engaged on this replica");
        return new Engaged(kill, keep());
    }

    /// Lets it go on, and returns when this replica does.
    ///
    /// @param reason for the record
    public Release release(UUID id, Optional<String> reason) {
        synchronized (this) {
            var found =
                    kills.stream().filter(kill -> kill.kill().id().equals(id)).findFirst();
            if (found.isEmpty()) {
                return Release.UNKNOWN;
            }
            if (!found.get().isEngaged()) {
                return Release.OVER;
            }
            replace(id, kill -> kill.released(new LocalKill.Release(clock.instant(), reason)));
        }
        obey.run();
        keep();
        LOG.atWarn().addKeyValue("kill", id).log("kill of this replica released");
        return Release.RELEASED;
    }

    /// All of them, those included that only wait for the database to hear of their release.
    public List<LocalKill> all() {
        return kills;
    }

    /// Those that stop something.
    public List<Kill> inForce() {
        var now = clock.instant();
        return kills.stream()
                .filter(LocalKill::isEngaged)
                .map(LocalKill::kill)
                .filter(kill -> !kill.isOver(now))
                .toList();
    }

    /// What is to be done whenever they change; it returns when it is done.
    void onChange(Runnable listener) {
        this.obey = listener;
    }

    /// The database knows of it, or no longer does.
    synchronized void reported(UUID id, boolean known) {
        replace(id, kill -> kill.withReported(known));
    }

    /// The database knows how it ended, so nothing is left to remember.
    synchronized void forget(UUID id) {
        kills = kills.stream().filter(kill -> !kill.kill().id().equals(id)).toList();
    }

    /// Those that ended by themselves long ago, and that the database knows.
    synchronized void forgetOver(Instant before) {
        kills = kills.stream()
                .filter(kill -> !(kill.reported() && kill.kill().isOver(before)))
                .toList();
    }

    /// Writes the file.
    ///
    /// @return whether it is written
    boolean keep() {
        if (file.isEmpty()) {
            return false;
        }
        synchronized (this) {
            try {
                file.get().write(kills);
                return true;
            } catch (IOException e) {
                LOG.atError().setCause(e).log("the kills of this replica cannot be written; they hold until it ends");
                return false;
            }
        }
    }

    private void replace(UUID id, UnaryOperator<LocalKill> change) {
        kills = kills.stream()
                .map(kill -> kill.kill().id().equals(id) ? change.apply(kill) : kill)
                .toList();
    }
}
