package dev.portcullis.sandbox.oauth;

import java.time.Clock;

/// What the authorization server of one organization remembers. Thread-safe.
record Tenant(Clients clients, Codes codes, Grants grants, TokenLimit limit) {

    static Tenant create(Clock clock, Faults faults) {
        return new Tenant(
                new Clients(clock), new Codes(clock), new Grants(clock, faults), new TokenLimit(clock, faults));
    }
}
