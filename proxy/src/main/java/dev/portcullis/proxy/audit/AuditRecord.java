package dev.portcullis.proxy.audit;

import dev.portcullis.policy.recorded.RecordedFacts;

import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// Everything the audit trail keeps of one exchange. Written once, never changed.
///
/// @param decision `allowed`, `denied`, `undecided`, or `none` when refused before the policy was asked
/// @param refusal why the gateway itself said no, as a short key such as `malformed` or `unknown_route`
/// @param callerName how people know the caller
/// @param callerVerified whether the gateway itself has checked who the caller is
/// @param argumentsJson the redacted arguments as JSON text
/// @param policyFacts what the policy was asked beside the rest; absent when it was not asked
/// @param hiddenTools what the policy hid of the lists in the answer; absent when there was no list
/// @param resultJson the redacted result as JSON text, where a rule asks for it
/// @param exchanges how many exchanges it is about; absent for one
public record AuditRecord(
        UUID id,
        Instant occurredAt,
        Instant completedAt,
        Optional<String> organization,
        Optional<String> route,
        Optional<String> era,
        Optional<String> method,
        Optional<String> tool,
        Optional<String> toolClass,
        Optional<String> action,
        Optional<String> caller,
        Optional<String> callerKind,
        List<String> callerGroups,
        Optional<String> clientName,
        Optional<String> clientVersion,
        Optional<InetAddress> clientAddress,
        Optional<String> sessionHash,
        Optional<String> requestId,
        String decision,
        List<String> rules,
        List<String> observedRules,
        OptionalLong policyVersion,
        Outcome outcome,
        Optional<String> refusal,
        Optional<String> httpMethod,
        OptionalInt httpStatus,
        OptionalInt upstreamStatus,
        long requestBytes,
        long responseBytes,
        OptionalLong decisionMicros,
        long latencyMicros,
        Optional<String> argumentsJson,
        Optional<String> argumentsDigest,
        Optional<String> traceId,
        Optional<String> callerName,
        Optional<Boolean> callerVerified,
        Optional<RecordedFacts> policyFacts,
        Optional<List<String>> hiddenTools,
        Optional<String> resultJson,
        OptionalLong exchanges) {
    public AuditRecord {
        callerGroups = List.copyOf(callerGroups);
        rules = List.copyOf(rules);
        observedRules = List.copyOf(observedRules);
        hiddenTools = hiddenTools.map(List::copyOf);
    }

    /// What can be said of an exchange when only its beginning is known.
    ///
    /// @param reason why the end was not seen, as a short key such as `shutdown`
    public static AuditRecord beginning(UUID id, Instant occurredAt, Instant now, String reason) {
        return of(
                id,
                occurredAt,
                now,
                Outcome.UNKNOWN,
                reason,
                OptionalInt.empty(),
                ChronoUnit.MICROS.between(occurredAt, now),
                OptionalLong.empty());
    }

    /// Exchanges that were refused without being looked at, all for the same reason, and are only counted.
    ///
    /// @param from when the first of them began
    /// @param to when the last of them began
    /// @param httpStatus what they were answered
    static AuditRecord together(UUID id, Instant from, Instant to, long exchanges, String refusal, int httpStatus) {
        return of(id, from, to, Outcome.REFUSED, refusal, OptionalInt.of(httpStatus), 0, OptionalLong.of(exchanges));
    }

    private static AuditRecord of(
            UUID id,
            Instant occurredAt,
            Instant completedAt,
            Outcome outcome,
            String refusal,
            OptionalInt httpStatus,
            long latencyMicros,
            OptionalLong exchanges) {
        return new AuditRecord(
                id,
                occurredAt,
                completedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "none",
                List.of(),
                List.of(),
                OptionalLong.empty(),
                outcome,
                Optional.of(refusal),
                Optional.empty(),
                httpStatus,
                OptionalInt.empty(),
                0,
                0,
                OptionalLong.empty(),
                latencyMicros,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                exchanges);
    }
}
