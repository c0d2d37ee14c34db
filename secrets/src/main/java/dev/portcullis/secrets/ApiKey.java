package dev.portcullis.secrets;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An API key as its holder has it: `pck_<prefix>_<secret>`. The prefix (60 random bits) finds its row
/// and may be shown; the secret (256 random bits) proves who holds it. Never printed but by
/// [#reveal].
public final class ApiKey {
    /// How every key begins, for scanners that look for leaked ones.
    public static final String MARK = "pck_";

    private static final int PREFIX_LENGTH = 12;
    private static final int SECRET_BYTES = 32;
    private static final String PREFIX_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern FORM = Pattern.compile("pck_([a-z2-7]{12})_([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;
    private final String prefix;

    private ApiKey(String text, String prefix) {
        this.text = text;
        this.prefix = prefix;
    }

    public static ApiKey generate() {
        var prefix = new StringBuilder();
        for (int i = 0; i < PREFIX_LENGTH; i++) {
            prefix.append(PREFIX_ALPHABET.charAt(RANDOM.nextInt(PREFIX_ALPHABET.length())));
        }
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new ApiKey(
                MARK + prefix + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                prefix.toString());
    }

    /// Whether a whole key stands somewhere in a text.
    public static boolean isIn(String text) {
        return text.contains(MARK) && FORM.matcher(text).find();
    }

    /// Whether something that may be meant as a key, or as a part of one, stands in a text.
    public static boolean isHintedIn(String text) {
        return text.toLowerCase(Locale.ROOT).contains(MARK);
    }

    /// Reads a key; empty when it has not exactly the form of one. Each key has one spelling.
    public static Optional<ApiKey> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() && isCanonical(matcher.group(2))
                ? Optional.of(new ApiKey(text, matcher.group(1)))
                : Optional.empty();
    }

    /// Whether somebody means to show a key, well-formed or not.
    public static boolean isMeant(String text) {
        return text.regionMatches(true, 0, MARK, 0, MARK.length());
    }

    private static boolean isCanonical(String secret) {
        var decoded = Base64.getUrlDecoder().decode(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(secret);
    }

    /// The public part.
    public String prefix() {
        return prefix;
    }

    /// All of it, for the one time it is shown and for hashing.
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return MARK + prefix + "_[secret]";
    }
}
