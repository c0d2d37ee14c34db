package dev.portcullis.console.policy;

import java.time.OffsetDateTime;
import java.util.Optional;

/// Publishes, or lets wait, whatever has to. It asks nobody for a role: the service in front of it does.
public interface Submitter {

    /// @param at when it is to be published; empty for at once
    /// @throws InvalidPolicyException with its problems when it is not valid
    /// @throws InvalidModulesException with their problems when the modules cannot be used
    /// @throws StalePolicyException when something that is expected is not so
    /// @throws IllegalArgumentException when the time is none that can be waited for
    Submitted submit(PublicationOrder order, Optional<OffsetDateTime> at);
}
