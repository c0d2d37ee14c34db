package dev.portcullis.standalone.doctor;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a 401 says about where to sign in.
///
/// @param metadata the URL of the endpoint's metadata
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5.1">RFC 9728, WWW-Authenticate</a>
record Challenge(String metadata) {
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"\\s]+)\"");
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /// Empty when the answer names no metadata.
    static Optional<Challenge> of(Answer answer) {
        return answer.headers().all("www-authenticate").stream()
                .map(METADATA::matcher)
                .filter(found -> found.find())
                .map(found -> new Challenge(found.group(1)))
                .findFirst();
    }

    /// The endpoint's URL as the gateway knows it: what the metadata says, or else what their place
    /// means.
    Optional<String> resource(Conversation conversation) {
        return conversation
                .document(metadata)
                .map(document -> document.path("resource").asString(""))
                .filter(resource -> !resource.isEmpty())
                .or(this::meant);
    }

    private Optional<String> meant() {
        try {
            var uri = URI.create(metadata);
            return uri.getRawPath().startsWith(WELL_KNOWN)
                    ? Optional.of(uri.getScheme() + "://" + uri.getRawAuthority()
                            + uri.getRawPath().substring(WELL_KNOWN.length()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
