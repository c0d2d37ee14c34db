package dev.portcullis.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The kill switch, engaged: what it stops, who may go on all the same, why, and until when.
///
/// @param exemptGroups patterns for the groups whose verified members it does not stop (break-glass); none
///     for most kills
public record Kill(
        UUID id,
        Scope scope,
        List<String> exemptGroups,
        String reason,
        Optional<String> message,
        Optional<Instant> until) {
    public Kill {
        exemptGroups = List.copyOf(exemptGroups);
    }

    /// A kill that exempts nobody.
    public Kill(UUID id, Scope scope, String reason, Optional<String> message, Optional<Instant> until) {
        this(id, scope, List.of(), reason, message, until);
    }

    /// Whether it stops whoever comes, so that nobody need be asked who they are.
    public boolean isAboutEverybody() {
        return exemptGroups.isEmpty() && scope.isAboutEverybody();
    }

    /// Whether its end has come.
    public boolean isOver(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }

    /// What a kill stops: everything, or requests that match every key that is present. Patterns know `*`.
    public record Scope(
            boolean organization,
            List<String> routes,
            List<String> groups,
            List<String> callers,
            List<String> clients,
            List<String> tools) {
        public Scope {
            routes = List.copyOf(routes);
            groups = List.copyOf(groups);
            callers = List.copyOf(callers);
            clients = List.copyOf(clients);
            tools = List.copyOf(tools);
        }

        public static Scope wholeOrganization() {
            return new Scope(true, List.of(), List.of(), List.of(), List.of(), List.of());
        }

        public static Scope ofRoutes(List<String> routes) {
            return new Scope(false, routes, List.of(), List.of(), List.of(), List.of());
        }

        public static Scope ofTools(List<String> tools) {
            return new Scope(false, List.of(), List.of(), List.of(), List.of(), tools);
        }

        private boolean isAboutEverybody() {
            return organization || (groups.isEmpty() && callers.isEmpty() && clients.isEmpty() && tools.isEmpty());
        }
    }
}
