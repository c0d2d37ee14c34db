package dev.portcullis.console.bundles;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.query.KillQuery;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.PolicyBundle;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Makes the bundle of the policy in force, and the same one as long as nothing has changed.
@Service
@RolesAllowed({Roles.VIEWER, Roles.BUNDLES})
public class BundleService {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final PolicyQuery policies;
    private final KillQuery kills;
    private final Clock clock;
    private volatile Optional<Made> last = Optional.empty();

    BundleService(PolicyQuery policies, KillQuery kills, Clock clock) {
        this.policies = policies;
        this.kills = kills;
        this.clock = clock;
    }

    private record Made(long version, List<Kill> kills, PolicyBundle bundle) {}

    /// @return empty when nothing has been published
    /// @throws InvalidPolicyException when the published document is no longer valid, for instance after an
    ///     upgrade
    public Optional<PolicyBundle> current() {
        return policies.published().map(this::bundle);
    }

    /// The same, once it is another one than `revision`; looks until `patience` is over.
    public Optional<PolicyBundle> otherThan(String revision, Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        var found = current();
        while (found.filter(bundle -> bundle.revision().equals(revision)).isPresent() && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
            found = current();
        }
        return found;
    }

    private PolicyBundle bundle(PolicyVersion version) {
        var engaged = kills.engaged(Instant.now(clock)).stream()
                .filter(kill -> kill.replica().isEmpty())
                .map(KillRecord::kill)
                .toList();
        var made = last.filter(known ->
                        known.version() == version.version() && known.kills().equals(engaged))
                .orElseGet(() -> new Made(version.version(), engaged, make(version, engaged)));
        last = Optional.of(made);
        return made.bundle();
    }

    private PolicyBundle make(PolicyVersion version, List<Kill> engaged) {
        var own = policies.modules(version.version()).orElseGet(OwnRego::none);
        return switch (DocumentReader.read(version.document())) {
            case ReadResult.Invalid invalid -> throw new InvalidPolicyException(invalid);
            case ReadResult.Valid(var document, var _) ->
                PolicyBundle.of(document, version.version(), engaged, own.modules());
        };
    }
}
