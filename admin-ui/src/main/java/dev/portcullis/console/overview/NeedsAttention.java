package dev.portcullis.console.overview;

import static dev.portcullis.console.overview.Attention.Severity.CRITICAL;
import static dev.portcullis.console.overview.Attention.Severity.WARNING;

import dev.portcullis.console.components.Moments;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.kills.KillService;
import dev.portcullis.console.overview.query.StandingQuery;
import dev.portcullis.console.replicas.Replica;
import dev.portcullis.console.replicas.ReplicaService;
import dev.portcullis.console.sinks.SinkService;
import dev.portcullis.console.storage.StorageService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Looks around for what somebody should look at. What could not be looked at is among it: no news is not good news.
@Component
class NeedsAttention {
    private static final Logger LOG = LoggerFactory.getLogger(NeedsAttention.class);

    /// A replica hears of a version within a second, and says so with its next heartbeat.
    private static final Duration TO_HEAR_OF_A_VERSION = Duration.ofSeconds(30);

    /// A checkpoint is usually made after a minute, and after an hour at most.
    private static final Duration CHECKPOINT_LATE = Duration.ofMinutes(15);

    private static final Duration CHECKPOINT_MISSING = Duration.ofMinutes(75);
    private static final Duration SINK_LATE = Duration.ofMinutes(5);
    private static final Duration EXPIRES_NOW = Duration.ofDays(2);
    private static final float HALF_FULL = 0.5f;
    private static final float NEARLY_FULL = 0.9f;

    private final KillService kills;
    private final ReplicaService replicas;
    private final ToolsToReview tools;
    private final EndingThings ending;
    private final SinkService sinks;
    private final StorageService storage;
    private final StandingQuery standing;
    private final Clock clock;

    NeedsAttention(
            KillService kills,
            ReplicaService replicas,
            ToolsToReview tools,
            EndingThings ending,
            SinkService sinks,
            StorageService storage,
            StandingQuery standing,
            Clock clock) {
        this.kills = kills;
        this.replicas = replicas;
        this.tools = tools;
        this.ending = ending;
        this.sinks = sinks;
        this.storage = storage;
        this.standing = standing;
        this.clock = clock;
    }

    /// The most important first.
    List<Attention> now() {
        var now = OffsetDateTime.now(clock);
        return Stream.of(
                        look("Kills", "kill-switch", this::kills),
                        look("Replicas", "replicas", () -> replicas(now)),
                        look("Checkpoints", "evidence", () -> checkpoints(now)),
                        look("Storage", "settings", this::storage),
                        look("Sinks", "settings", () -> sinks(now)),
                        look("API keys", "api-keys", () -> ending.keys(now.toInstant())),
                        look("Credentials", "routes", () -> ending.credentials(now.toInstant())),
                        look("Admin tokens", "settings?tab=tokens", () -> ending.tokens(now.toInstant())),
                        look("Tools", "tools", this::tools))
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(Attention::severity))
                .toList();
    }

    private static Stream<Attention> look(String what, String screen, Supplier<Stream<Attention>> look) {
        try {
            return look.get().toList().stream();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("what", what).log("the overview could not look at something");
            return Stream.of(new Attention(WARNING, "not_known", what + " could not be looked at.", screen));
        }
    }

    private Stream<Attention> kills() {
        return kills.engaged().stream()
                .map(kill -> new Attention(
                        CRITICAL,
                        "kill_engaged",
                        "Kill switch engaged for " + kill.describe() + ", by " + kill.engagedBy() + ".",
                        "kill-switch"));
    }

    private Stream<Attention> replicas(OffsetDateTime now) {
        var all = replicas.all();
        var silent = all.stream()
                .filter(replica -> replica.heartbeatAt().isBefore(now.minus(ReplicaService.SILENCE)))
                .toList();
        var alive = all.stream().filter(replica -> !silent.contains(replica)).toList();
        var published = standing.published();
        var behind = published
                .filter(version -> version.at().isBefore(now.minus(TO_HEAR_OF_A_VERSION)))
                .map(version -> alive.stream()
                        .filter(replica -> replica.policyVersion().orElse(0L) != version.number())
                        .toList())
                .orElseGet(List::of);
        return Stream.of(
                        alive.isEmpty()
                                ? Stream.of(new Attention(
                                        CRITICAL, "no_replica", "No replica of the gateway is heard of.", "replicas"))
                                : Stream.<Attention>empty(),
                        published.isEmpty()
                                ? Stream.of(
                                        new Attention(WARNING, "no_policy", "No policy has been published.", "policy"))
                                : Stream.<Attention>empty(),
                        about(behind, "behind", "does not enforce the policy in force", "do not enforce it"),
                        about(silent, "silent", "is silent", "are silent"),
                        alive.stream().flatMap(replica -> condition(replica, now)))
                .flatMap(Function.identity());
    }

    /// That its room for records fills, and that a certificate ends, as a replica says itself.
    private static Stream<Attention> condition(Replica replica, OffsetDateTime now) {
        return Stream.concat(
                replica.trailFill().filter(fill -> fill >= HALF_FULL).stream()
                        .map(fill -> new Attention(
                                fill >= NEARLY_FULL ? CRITICAL : WARNING,
                                "trail_filling",
                                "Records of replica %s wait for the database: %d %% of the room is taken, and at 100 %% calls are refused."
                                        .formatted(replica.replica(), Math.round(fill * 100)),
                                "replicas")),
                replica.certificateEndsAt().filter(end -> end.isBefore(now.plus(End.SOON))).stream()
                        .map(end -> new Attention(
                                end.isBefore(now.plus(EXPIRES_NOW)) ? CRITICAL : WARNING,
                                "certificate_expires",
                                "A certificate of replica " + replica.replica()
                                        + (end.isBefore(now) ? " expired at " : " expires at ")
                                        + Moments.toTheSecond(end) + ".",
                                "replicas")));
    }

    /// @param how they are, as the screen of replicas filters them
    private static Stream<Attention> about(List<Replica> replicas, String how, String does, String doAll) {
        return replicas.isEmpty()
                ? Stream.empty()
                : Stream.of(new Attention(
                        WARNING,
                        "replica_" + how,
                        replicas.size() == 1
                                ? "Replica " + replicas.getFirst().replica() + " " + does + "."
                                : replicas.size() + " replicas " + doAll + ".",
                        "replicas?show=" + how));
    }

    private Stream<Attention> checkpoints(OffsetDateTime now) {
        return standing.unsigned(now.minus(ReplicaService.SILENCE)).stream()
                .filter(chain -> chain.since().isBefore(now.minus(CHECKPOINT_LATE)))
                .map(chain -> new Attention(
                        chain.since().isBefore(now.minus(CHECKPOINT_MISSING)) ? CRITICAL : WARNING,
                        "checkpoint_overdue",
                        "Records of replica " + chain.replica() + " have had no signed checkpoint for "
                                + Moments.ago(chain.since(), now.toInstant()).replace(" ago", "") + ".",
                        "evidence"));
    }

    private Stream<Attention> storage() {
        return storage.report().warnings().stream()
                .map(warning -> new Attention(WARNING, "storage", warning, "settings"));
    }

    private Stream<Attention> sinks(OffsetDateTime now) {
        return sinks.all().stream()
                .filter(sink -> !sink.isHealthy()
                        || sink.oldestWaiting()
                                .map(oldest -> oldest.isBefore(now.minus(SINK_LATE)))
                                .orElse(false))
                .map(sink -> new Attention(
                        WARNING,
                        "sink_behind",
                        "Sink " + sink.name() + (sink.isHealthy() ? " is behind" : " cannot send") + ": "
                                + sink.waiting() + " records wait.",
                        "settings"));
    }

    private Stream<Attention> tools() {
        return tools.counted().map(ToolsToReview.Count::attention).stream().flatMap(List::stream);
    }
}
