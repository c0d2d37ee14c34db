package dev.portcullis.proxy.sync;

import java.sql.Connection;

/// Keeps something as it stands in the database, in step with the policy.
public interface Follower {
    /// Looks whether it has changed, and takes it over. Called on the subscription's thread, after every
    /// notice and at least every second; the policy waits for it, so an unchanged state must cost one
    /// small query at most. What cannot be read is reported by the follower itself, and what it knew
    /// stays.
    ///
    /// @param connection of the subscription, which commits by itself
    /// @return whether it has changed
    /// @throws RuntimeException when the database is away; it is called again after the reconnection
    boolean look(Connection connection);
}
