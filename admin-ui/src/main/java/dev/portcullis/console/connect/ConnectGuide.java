package dev.portcullis.console.connect;

import dev.portcullis.policy.document.Route.Authentication;

import java.util.List;
import java.util.Optional;

/// How one client is connected to one route.
///
/// @param url what the client is given
/// @param otherUrls where the route answers besides, when the names lead to the gateway
/// @param proof what the snippets make the client show
/// @param deepLink opens the client with everything filled in
/// @param afterwards what to do and to see next, in order
/// @param warnings what does not work, or only looks as if it did
public record ConnectGuide(
        ConnectClient client,
        String route,
        String url,
        List<String> otherUrls,
        Authentication authentication,
        Proof proof,
        Optional<String> deepLink,
        List<Snippet> snippets,
        List<String> afterwards,
        List<String> warnings) {
    public ConnectGuide {
        otherUrls = List.copyOf(otherUrls);
        snippets = List.copyOf(snippets);
        afterwards = List.copyOf(afterwards);
        warnings = List.copyOf(warnings);
    }
}
