package dev.portcullis.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The kill switch, engaged: what it stops, who may go on all the same, why, and until when.
///
/// @param exemptGroups patterns for the groups whose verified members it does not stop (break-glass); none
///     for most kills
/// @param until its end, by the clock of whoever asks
public record Kill(
        UUID id,
        KillScope scope,
        List<String> exemptGroups,
        String reason,
        Optional<String> message,
        Optional<Instant> until) {
    public Kill {
        exemptGroups = List.copyOf(exemptGroups);
    }

    /// A kill that exempts nobody.
    public Kill(UUID id, KillScope scope, String reason, Optional<String> message, Optional<Instant> until) {
        this(id, scope, List.of(), reason, message, until);
    }

    /// Whether it stops whoever comes, so that nobody need be asked who they are.
    public boolean isAboutEverybody() {
        return exemptGroups.isEmpty() && scope.isAboutEverybody();
    }

    /// Whether it may reach a message whose connection it lets pass: only the message says which tool is called,
    /// and sometimes which client calls.
    public boolean isAboutMessages() {
        return !scope.clients().isEmpty() || !scope.tools().isEmpty();
    }

    /// What it says to those it stops. A kill by tool denies in the way a rule does: the tool is hidden from lists and
    /// refused in band; every other kill ends the connection.
    public Decision.Denial denial() {
        return new Decision.Denial(
                "kill:" + id, scope.tools().isEmpty() ? "kill" : "deniedTools", Optional.of(message.orElse(reason)));
    }

    /// Whether its end has come.
    public boolean isOver(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }
}
