package dev.portcullis.console.access;

import org.springframework.security.core.AuthenticatedPrincipal;

import java.util.List;
import java.util.UUID;

/// A program that showed a valid admin token.
///
/// @param id of the token; another one may have its name once it is no longer good
public record TokenHolder(UUID id, String tokenName, List<String> roles) implements AuthenticatedPrincipal {
    public TokenHolder {
        roles = List.copyOf(roles);
    }

    /// How it appears in records.
    @Override
    public String getName() {
        return "token:" + tokenName;
    }
}
