package dev.portcullis.proxy.server;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Kill;
import dev.portcullis.proxy.sync.CutExchanges;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/// Counts what each kill in force has cut. As large as there are kills in force; safe for all threads.
final class CutTally {
    private static final String KILL = "kill:";

    private final ConcurrentMap<UUID, CutExchanges> byKill = new ConcurrentHashMap<>();

    /// From now on these kills are in force.
    void follow(PolicySnapshot policy) {
        var inForce = policy.kills().stream().map(Kill::id).collect(Collectors.toSet());
        byKill.keySet().retainAll(inForce);
        inForce.forEach(kill -> byKill.putIfAbsent(kill, CutExchanges.NONE));
    }

    /// One exchange was cut for this reason. It counts for every kill that is part of it.
    void count(Decision.Deny reason, boolean isStream) {
        reason.rules().stream()
                .filter(rule -> rule.startsWith(KILL))
                .map(rule -> UUID.fromString(rule.substring(KILL.length())))
                .forEach(kill -> byKill.computeIfPresent(kill, (id, cut) -> cut.and(isStream)));
    }

    CutExchanges of(UUID kill) {
        return byKill.getOrDefault(kill, CutExchanges.NONE);
    }
}
