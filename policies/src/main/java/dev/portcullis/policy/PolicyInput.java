package dev.portcullis.policy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One question to the policy: who, from where, to which route, wants what.
///
/// Its JSON form is `schemas/input.schema.json`; everything that needs a calendar or a parser (the
/// time, the address) is resolved here in Java, so that every engine sees the same facts.
///
/// @param exchange the id of the audit record this question belongs to
/// @param organization the organization of the published document
/// @param time when it is asked; mostly when the exchange began
/// @param route the name of the route
/// @param caller the authenticated party
/// @param client the software and the address it called from
/// @param wishes what the client's control headers ask for; they tighten, never loosen
/// @param question what is asked
public record PolicyInput(
        UUID exchange,
        String organization,
        Instant time,
        String route,
        CallerFacts caller,
        ClientFacts client,
        Wishes wishes,
        Question question) {

    /// The authenticated party. `subject` is absent for an anonymous caller.
    public record CallerFacts(Optional<String> subject, String kind, List<String> groups, boolean verified) {
        public CallerFacts {
            groups = List.copyOf(groups);
        }

        /// Nobody in particular; only a route that is `open` has such callers.
        public static CallerFacts anonymous() {
            return new CallerFacts(Optional.empty(), "anonymous", List.of(), false);
        }
    }

    /// The client software as it names itself (never trusted to widen) and the address it called from.
    public record ClientFacts(Optional<String> name, Optional<String> version, InetAddress address) {}

    /// The same party asking something else, now. A stream may outlive the hours that a rule is about.
    ///
    /// @param now when it is asked
    public PolicyInput withQuestion(Question other, Instant now) {
        return new PolicyInput(exchange, organization, now, route, caller, client, wishes, other);
    }

    /// The same question about something else.
    public PolicyInput withQuestion(Question other) {
        return new PolicyInput(exchange, organization, time, route, caller, client, wishes, other);
    }

    /// The same question of the same party for another exchange, or at another time.
    public PolicyInput of(UUID other, Instant when) {
        return new PolicyInput(other, organization, when, route, caller, client, wishes, question);
    }
}
