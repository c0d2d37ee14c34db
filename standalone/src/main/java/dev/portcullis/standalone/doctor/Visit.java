package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Route;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One visit to the gateway, and what is known about it from both ends.
///
/// @param token what was shown
/// @param resource the endpoint's URL as the gateway knows it, where it says so
/// @param record what the gateway's records have of it
/// @param policy in force
/// @param console whoever knows more
/// @param now when it was
record Visit(
        Target target,
        Optional<Secret> token,
        Answer answer,
        Optional<String> resource,
        Optional<JsonNode> record,
        Optional<PolicyDocument> policy,
        ConsoleFacts console,
        Instant now) {

    /// The same visit, some requests later.
    Visit with(Answer later) {
        return new Visit(target, token, later, resource, record, policy, console, now);
    }

    Optional<TokenClaims> claims() {
        return token.flatMap(TokenClaims::of);
    }

    /// The route's name.
    Optional<String> routeName() {
        return recorded("route").or(target::route);
    }

    Optional<Route> route() {
        return policy.flatMap(document -> routeName()
                .flatMap(name -> Optional.ofNullable(document.routes().get(name))));
    }

    /// Where the route leads, for people.
    String upstream() {
        return route().map(route -> switch (route.upstream()) {
                    case Route.Upstream.Sandbox _ -> "the upstream (the sandbox)";
                    case Route.Upstream.Remote(var uri) -> "the upstream " + uri;
                })
                .orElse("the upstream");
    }

    /// Which of Port's regions the visit goes to in the end.
    Optional<Region> region() {
        return route().flatMap(route -> switch (route.upstream()) {
                    case Route.Upstream.Sandbox _ -> Optional.empty();
                    case Route.Upstream.Remote(var uri) -> Region.ofUrl(uri.toString());
                })
                .or(() -> Region.ofHost(target.host()));
    }

    /// A field of the record.
    Optional<String> recorded(String field) {
        return record.map(fields -> fields.path(field).asString("")).filter(text -> !text.isEmpty());
    }

    List<String> recordedList(String field) {
        return record.stream()
                .flatMap(fields -> fields.path(field).valueStream())
                .map(one -> one.asString(""))
                .toList();
    }

    /// From where the gateway was called, as it sees it; for people.
    String address() {
        return recorded("client_address").orElse("the address this machine has there");
    }
}
