package dev.portcullis.proxy.server;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// What a policy says of the connections that are open when it comes into force, as of one moment.
///
/// A caller may hold hundreds of streams. Connections that are alike but for their exchange and for when they began
/// get one answer, so that a kill is not slower for them than for one. Holds at most one answer for each exchange in
/// flight, and belongs to one change of policy. Safe for all threads; nobody waits for another, so that two may find
/// the same answer.
final class ConnectionAnswers {
    /// Stands for the exchanges of all connections that are alike.
    private static final UUID ANY = new UUID(0, 0);

    private final PolicySnapshot policy;
    private final Instant now;
    private final ConcurrentMap<PolicyInput, Optional<Decision>> answers = new ConcurrentHashMap<>();

    /// @param now when the policy comes into force: a connection may have outlived the hours that a rule is about
    ConnectionAnswers(PolicySnapshot policy, Instant now) {
        this.policy = policy;
        this.now = now;
    }

    PolicySnapshot policy() {
        return policy;
    }

    /// The answer; empty when somebody else has to be asked.
    ///
    /// @param connection a question about a connection
    Optional<Decision> about(PolicyInput connection) {
        var alike = connection.of(ANY, now);
        var known = answers.get(alike);
        if (known != null) {
            return known;
        }
        var answer = policy.killOfEverybody(alike.route())
                .<Decision>map(Function.identity())
                .or(() -> policy.decisionPoint().decideHere(alike));
        answers.put(alike, answer);
        return answer;
    }
}
