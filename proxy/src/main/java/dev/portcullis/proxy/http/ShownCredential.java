package dev.portcullis.proxy.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a request shows in its Authorization header, whoever is meant to check it, so that it can be kept
/// out of all other places.
///
/// @param text without the scheme; empty when there is none that could be told from other texts
public record ShownCredential(Optional<String> text) {
    private static final String HIDDEN = "[redacted]";

    /// A shorter one, or one that looks like a number, may stand in any text.
    private static final Pattern DISTINCT = Pattern.compile("(?=.*[A-DF-Za-df-z])[A-Za-z0-9._~+/=-]{8,}");

    public static ShownCredential of(HeaderFields headers) {
        return new ShownCredential(headers.first("authorization")
                .map(value -> value.substring(value.lastIndexOf(' ') + 1))
                .filter(text -> DISTINCT.matcher(text).matches()));
    }

    /// Whether it stands somewhere in `other`.
    public boolean isIn(String other) {
        return text.filter(other::contains).isPresent();
    }

    /// `other` with a sign in its place. JSON stays JSON: it can only stand in a string there.
    public String hideIn(String other) {
        return text.map(shown -> other.replace(shown, HIDDEN)).orElse(other);
    }

    @Override
    public String toString() {
        return "ShownCredential" + text.map(shown -> "[secret]").orElse("[]");
    }
}
