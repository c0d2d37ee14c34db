package dev.portcullis.console.access;

import org.springframework.security.core.AuthenticatedPrincipal;

import java.util.List;

/// A program that showed a valid admin token.
public record TokenHolder(String tokenName, List<String> roles) implements AuthenticatedPrincipal {
    public TokenHolder {
        roles = List.copyOf(roles);
    }

    /// How it appears in records.
    @Override
    public String getName() {
        return "token:" + tokenName;
    }
}
