package dev.portcullis.proxy.management;

import dev.portcullis.policy.engine.OpaHealth;
import dev.portcullis.proxy.audit.AuditTrail;
import dev.portcullis.proxy.audit.ChainWriter;
import dev.portcullis.proxy.limit.CallLimits;
import dev.portcullis.proxy.management.HealthCheck.Result;
import dev.portcullis.proxy.management.HealthCheck.Status;
import dev.portcullis.proxy.sync.PolicySubscription;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The checks of a proxy replica.
///
/// A database that is away is a warning: the last policy stays in force and records wait, so requests
/// are served. It becomes a failure when no more records can wait.
public final class ReplicaChecks {
    private static final Duration RECENTLY = Duration.ofSeconds(5);

    private ReplicaChecks() {}

    /// @param opa how the OPA server does, when one decides
    public static List<HealthCheck> of(
            PolicySubscription policy,
            AuditTrail audit,
            ChainWriter chain,
            CallLimits limits,
            Optional<Supplier<OpaHealth>> opa) {
        return Stream.concat(
                        Stream.<HealthCheck>of(
                                () -> policy(policy),
                                () -> database(policy),
                                () -> audit(audit),
                                () -> chain(chain),
                                () -> limits(limits)),
                        opa.stream().map(health -> () -> opa(health.get())))
                .toList();
    }

    /// Without it nothing is decided, and everything is refused.
    static Result opa(OpaHealth health) {
        var status = health.givenUp() ? Status.FAIL : health.trouble().isPresent() ? Status.WARN : Status.PASS;
        return new Result("opa", status, health.trouble().orElse(health.inFlight() + " questions under way"));
    }

    private static Result policy(PolicySubscription subscription) {
        var health = subscription.health();
        if (health.version().isEmpty()) {
            return new Result("policy", Status.FAIL, "none loaded");
        }
        var inForce = "version " + health.version().getAsLong() + ", " + health.kills() + " kills"
                + (health.localKills() > 0 ? ", " + health.localKills() + " of them of this replica alone" : "");
        return health.rejectedVersion().isEmpty()
                ? new Result("policy", Status.PASS, inForce)
                : new Result(
                        "policy",
                        Status.WARN,
                        inForce + "; version " + health.rejectedVersion().getAsLong() + " cannot be used");
    }

    private static Result database(PolicySubscription subscription) {
        var health = subscription.health();
        var answered = "answered " + health.sinceContact().toMillis() + " ms ago";
        if (!health.unreadable().isEmpty()) {
            return new Result(
                    "database",
                    Status.WARN,
                    answered + ", but cannot read " + String.join(" and ", health.unreadable())
                            + ": what was known stays in force");
        }
        return new Result(
                "database", health.sinceContact().compareTo(RECENTLY) <= 0 ? Status.PASS : Status.WARN, answered);
    }

    /// Requests are served: what is recorded from now on is good. Somebody has to look at what was.
    private static Result chain(ChainWriter chain) {
        return chain.lastAlarm()
                .map(reason -> new Result("audit-chain", Status.WARN, reason))
                .orElseGet(() -> new Result("audit-chain", Status.PASS, "the database has what was written"));
    }

    private static Result limits(CallLimits limits) {
        var health = limits.health();
        if (!health.isShared()) {
            return new Result("limits", Status.PASS, "each replica counts for itself");
        }
        var replicas = health.replicas().isPresent()
                ? health.replicas().getAsInt() + " replicas"
                : "an unknown number of replicas";
        return health.trouble().isEmpty()
                ? new Result("limits", Status.PASS, "counted together by " + replicas)
                : new Result(
                        "limits",
                        Status.WARN,
                        "cannot be counted together by " + replicas
                                + ": each rule refuses, or counts this replica's share, as it says");
    }

    private static Result audit(AuditTrail trail) {
        var health = trail.health();
        var detail = health.waiting() + " records wait, the oldest for "
                + health.lag().toMillis() + " ms; " + health.reserved() + " of " + health.capacity() + " slots in use";
        if (health.refusing().isPresent()) {
            return new Result(
                    "audit",
                    Status.FAIL,
                    "nothing is forwarded, since nothing can be made durable: "
                            + health.refusing().get() + "; " + detail);
        }
        if (health.journalFull()) {
            return new Result("audit", Status.FAIL, "the journal takes as much of the disk as it may; " + detail);
        }
        if (!health.accepting()) {
            return new Result("audit", Status.FAIL, detail);
        }
        return new Result("audit", health.trouble().isEmpty() ? Status.PASS : Status.WARN, detail);
    }
}
