package dev.portcullis.console.callers;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/// Somebody the gateway has identified, and what they did in all, as far as the trail has been rolled up: the newest
/// second or so is missing.
///
/// @param kind how they identified themselves: `api_key`, `bearer`, `certificate`, `passthrough` or `anonymous`
/// @param caller as policies and records name them
/// @param name as people know them
/// @param verified whether the gateway itself has checked who it is
/// @param groups as they were last
/// @param requests how many HTTP requests
/// @param toolCalls how many of them called tools
/// @param refused how many of them the gateway refused
/// @param routes the newest first, and so on
public record SeenCaller(
        UUID id,
        String kind,
        String caller,
        String name,
        boolean verified,
        List<String> groups,
        OffsetDateTime firstSeenAt,
        OffsetDateTime lastSeenAt,
        long requests,
        long toolCalls,
        long refused,
        List<SeenFact> routes,
        List<SeenFact> clients,
        List<SeenFact> addresses) {
    public SeenCaller {
        groups = List.copyOf(groups);
        routes = List.copyOf(routes);
        clients = List.copyOf(clients);
        addresses = List.copyOf(addresses);
    }

    /// Whether an identity provider vouches for them with tokens, which can be refused by when they were issued.
    public boolean hasGrant() {
        return kind.equals("bearer") || (kind.equals("passthrough") && verified);
    }
}
