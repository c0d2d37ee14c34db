package dev.portcullis.proxy.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells from a key's name whether its value is a secret: `password`, `dbPassword`, `client_secret`,
/// `X-API-Key`.
///
/// A name is judged by its last words. `tokenizer` and `secretary` are no secrets, and neither is the
/// `nextPageToken` of a list.
public final class SecretNames {
    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final List<String> ENDINGS = List.of(
            "password",
            "passwords",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "secrets",
            "token",
            "apikey",
            "apikeys",
            "authorization",
            "cookie",
            "cookies",
            "credential",
            "credentials",
            "jwt",
            "privatekey",
            "accesskey",
            "secretkey",
            "signingkey",
            "encryptionkey",
            "masterkey",
            "sharedkey",
            "passcode",
            "bearer");
    private static final Set<String> KINDS_OF_KEY = Set.of(
            "api",
            "private",
            "access",
            "secret",
            "signing",
            "encryption",
            "auth",
            "ssh",
            "master",
            "shared",
            "session");
    private static final Set<String> FILLERS = Set.of(
            "value",
            "text",
            "header",
            "string",
            "hash",
            "base",
            "plain",
            "confirmation",
            "confirm",
            "repeat",
            "current",
            "raw",
            "encoded",
            "encrypted");

    /// Several of these are secrets; `maxTokens` and the like are not.
    private static final Set<String> KINDS_OF_TOKENS =
            Set.of("access", "api", "auth", "bearer", "id", "refresh", "session");
    private static final Set<String> TOKENS_OF_LISTS =
            Set.of("page", "next", "prev", "previous", "continuation", "sync", "cursor", "start", "pagination");

    private SecretNames() {}

    /// Whether what has this name is a secret.
    public static boolean matches(String name) {
        var words = Arrays.stream(BETWEEN_WORDS.split(name))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .map(word -> word.replaceAll("[0-9]+$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
        while (words.size() > 1 && FILLERS.contains(words.getLast())) {
            words = words.subList(0, words.size() - 1);
        }
        if (words.isEmpty()) {
            return false;
        }
        var last = words.getLast();
        var before = words.size() > 1 ? words.get(words.size() - 2) : "";
        return switch (last) {
            case "token" -> !TOKENS_OF_LISTS.contains(before);
            case "tokens" -> KINDS_OF_TOKENS.contains(before);
            case "key", "keys" -> KINDS_OF_KEY.contains(before);
            default -> ENDINGS.stream().anyMatch(last::endsWith);
        };
    }
}
