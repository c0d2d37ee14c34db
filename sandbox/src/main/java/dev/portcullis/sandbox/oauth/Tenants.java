package dev.portcullis.sandbox.oauth;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The authorization servers by the name of the organization, each made when it is first asked for; at
/// most [#CAPACITY]. Thread-safe.
final class Tenants {

    static final int CAPACITY = 64;

    private final Clock clock;
    private final Faults faults;
    private final Map<String, Tenant> tenants = new HashMap<>();

    Tenants(Clock clock, Faults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    /// The one of that name, or nothing when there are as many others as there may be.
    synchronized Optional<Tenant> named(String name) {
        if (!tenants.containsKey(name) && tenants.size() >= CAPACITY) {
            return Optional.empty();
        }
        return Optional.of(tenants.computeIfAbsent(name, unknown -> Tenant.create(clock, faults)));
    }

    /// Signs everybody out.
    synchronized void revokeAll() {
        tenants.values().forEach(tenant -> tenant.grants().revokeAll());
    }
}
