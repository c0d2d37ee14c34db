package dev.portcullis.console.signin;

import dev.portcullis.console.access.Roles;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// A person with a password of this console, as lists show them.
///
/// @param mustChangePassword whether they still have the password that an admin gave them
/// @param revision changes whenever roles, lock or password do
public record Person(
        String username,
        List<String> roles,
        boolean mustChangePassword,
        OffsetDateTime createdAt,
        Optional<OffsetDateTime> lastSignedInAt,
        Optional<OffsetDateTime> lockedAt,
        Optional<String> lockedBy,
        long revision) {
    public Person {
        roles = List.copyOf(roles);
    }

    public boolean isLocked() {
        return lockedAt.isPresent();
    }

    /// Whether they may see what callers have sent.
    public boolean isAuditor() {
        return roles.contains(Roles.AUDITOR);
    }
}
