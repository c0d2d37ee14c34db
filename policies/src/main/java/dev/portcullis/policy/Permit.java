package dev.portcullis.policy;

import java.util.UUID;

/// Proof that the policy allowed one message of one exchange to go upstream. Only [PolicyGate] makes
/// one, and nothing is sent without.
public final class Permit {
    private final UUID exchange;
    private final String route;
    private final Decision.Allow decision;

    Permit(UUID exchange, String route, Decision.Allow decision) {
        this.exchange = exchange;
        this.route = route;
        this.decision = decision;
    }

    public UUID exchange() {
        return exchange;
    }

    /// The only route this permit is good for.
    public String route() {
        return route;
    }

    public Decision.Allow decision() {
        return decision;
    }
}
