package dev.portcullis.proxy.sync;

import java.sql.Connection;

/// Keeps something as it stands in the database, in step with the policy.
public interface Follower {
    /// Looks whether it has changed, and takes it over. Called on the subscription's thread, after every
    /// notice and at least every second; the policy waits for it, so an unchanged state must cost one
    /// small query at most.
    ///
    /// @param connection of the subscription, which commits by itself
    /// @return whether it has changed
    /// @throws RuntimeException when it cannot be read; what was known stays, and it is called again
    boolean look(Connection connection);

    /// What it keeps, for people: `API keys`, say.
    String what();
}
