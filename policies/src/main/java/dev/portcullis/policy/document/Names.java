package dev.portcullis.policy.document;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The forms that texts of a document may have.
enum Names {
    ROUTE("a name of lower case letters, digits and hyphens, at most 63", "[a-z0-9][a-z0-9-]{0,62}"),
    RULE("an id of letters, digits, dots, underscores and hyphens, at most 100", "[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
    CREDENTIAL(
            "a name of lower case letters, digits, dots, underscores and hyphens, at most 63",
            "[a-z0-9][a-z0-9._-]{0,62}"),
    ORGANIZATION(
            "a name of at most 100 printable characters", "[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,98}[^\\p{Cntrl}\\s])?"),
    OWNER("a name of at most 200 printable characters", "[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,198}[^\\p{Cntrl}\\s])?"),
    TEXT("a text of at most 1000 characters", "(?s).{0,1000}"),
    TOOL("the exact name of a tool, without wildcard", "[^\\p{Cntrl}\\s*]{1,256}"),
    TOOL_GLOB("a name in which * is the only wildcard", "[^\\p{Cntrl}\\s?\\[\\]{}]{1,256}"),
    ANY_GLOB("a text in which * is the only wildcard", "[^\\p{Cntrl}]{1,256}"),
    DEFINITION("the identity of a definition: sha256: and 64 hexadecimal digits", "sha256:[0-9a-f]{64}"),
    ACTION("the exact identifier of an action, without wildcard", "[^\\p{Cntrl}*]{1,256}");

    private final String expected;
    private final Pattern form;

    Names(String expected, String form) {
        this.expected = expected;
        this.form = Pattern.compile(form);
    }

    String expected() {
        return expected;
    }

    boolean accepts(String text) {
        return form.matcher(text).matches() && !text.contains("**");
    }

    /// The text with its most likely mistake taken out.
    Optional<String> nearest(String text) {
        var plain = text.strip().replaceAll("\\*{2,}", "*");
        var slug = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+", "");
        return switch (this) {
            case ROUTE -> Optional.of(slug).filter(this::accepts);
            case RULE -> Optional.of(plain.replaceAll("[^A-Za-z0-9._-]+", "-")).filter(this::accepts);
            case TOOL, ACTION ->
                Optional.of(plain.replace("*", "")).filter(this::accepts).filter(s -> !text.contains("*"));
            case TOOL_GLOB, ANY_GLOB -> Optional.of(plain).filter(this::accepts);
            case DEFINITION -> Optional.of(plain.toLowerCase(Locale.ROOT)).filter(this::accepts);
            case CREDENTIAL, ORGANIZATION, OWNER, TEXT -> Optional.empty();
        };
    }
}
