package dev.portcullis.console.replicas;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.replicas.query.ReplicaQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tells what each replica of the proxy enforces.
@Service
@RolesAllowed(Roles.VIEWER)
public class ReplicaService {
    /// A replica that has been silent for longer may be gone; one beats every few seconds.
    public static final Duration SILENCE = Duration.ofSeconds(30);

    private final ReplicaQuery replicas;
    private final Clock clock;

    ReplicaService(ReplicaQuery replicas, Clock clock) {
        this.replicas = replicas;
        this.clock = clock;
    }

    public List<Replica> all() {
        return replicas.all();
    }

    /// Those that have been heard of lately.
    public List<Replica> alive() {
        var now = Instant.now(clock);
        return replicas.all().stream().filter(replica -> replica.isAlive(now)).toList();
    }
}
