package dev.portcullis.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The kill switch, engaged: what it stops, why, and until when.
public record Kill(UUID id, Scope scope, String reason, Optional<String> message, Optional<Instant> until) {

    /// What a kill stops: everything, or requests that match every key that is present.
    public record Scope(boolean organization, List<String> routes, List<String> clients, List<String> tools) {
        public Scope {
            routes = List.copyOf(routes);
            clients = List.copyOf(clients);
            tools = List.copyOf(tools);
        }

        public static Scope wholeOrganization() {
            return new Scope(true, List.of(), List.of(), List.of());
        }
    }
}
