package dev.portcullis.proxy.identity;

import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;

import java.net.URI;
import java.util.Optional;

/// All that the question *who is calling?* is answered from.
///
/// @param headers of the request; they hold at most one Authorization
/// @param peer the client's address and certificate
/// @param route the route it wants to talk to, which says how callers are identified
/// @param upstream where that route leads
/// @param publicUrl of the endpoint it called; what a token has to be meant for. Absent when the
///     gateway has no name of its own, and then no token can be meant for it
public record Presented(HeaderFields headers, Peer peer, Route route, URI upstream, Optional<String> publicUrl) {}
