package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.audit.SecretNames;
import dev.portcullis.proxy.audit.SecretShapes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes secrets out of texts: those that are known, wherever they stand; what looks like a secret; what
/// has the name of one before it; and what looks as if it were made of dice.
///
/// It rather takes too much than too little. What is short, of words, and in a place where nobody would
/// look for a secret, it cannot find.
public final class Redactor {
    static final String REDACTED = "[redacted]";

    /// A shorter one is not looked for everywhere: too much else reads like it.
    private static final int SHORTEST = 4;

    // Each begins only where a run of its characters begins, so that no input takes long.
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?<![A-Za-z0-9_.-])([A-Za-z][A-Za-z0-9_.-]*+)[\"']?[ \\t]{0,3}[:=][ \\t]{0,3}");
    private static final Pattern VALUE =
            Pattern.compile("\\[redacted]|\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*+'|[^\\s,;&\"'})\\]]++");
    private static final Pattern HEADER =
            Pattern.compile("(?im)\\b((?:proxy-)?authorization|(?:set-)?cookie)([\"']?\\s{0,3}[:=]).*$");
    private static final Pattern USER_OF_URL = Pattern.compile("(?<=://)[^\\s/?#]*@");
    private static final Pattern DICE = Pattern.compile(
            // letters of both cases and digits, all mixed up
            "(?<![A-Za-z0-9+/_=-])(?<!sha256:)(?=[A-Za-z+/_-]*+[0-9])(?=[a-z0-9+/_-]*+[A-Z])(?=[A-Z0-9+/_-]*+[a-z])"
                    + "[A-Za-z0-9+/_-]{24,}+=*+"
                    // hexadecimal, base 32
                    + "|(?<![A-Za-z0-9])(?<!sha256:)(?=[a-z]*+[0-9])[a-z0-9]{32,}+(?![A-Za-z0-9])");
    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> known;

    /// @param known secrets that must not be seen, whatever they look like
    public Redactor(Collection<Secret> known) {
        this.known = known.stream()
                .map(Secret::reveal)
                .flatMap(text -> Stream.of(text, text.strip()))
                .filter(text -> text.length() >= SHORTEST && !text.isBlank())
                .flatMap(Redactor::spellings)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// The text without secrets.
    public String text(String text) {
        var safe = text;
        for (var secret : known) {
            safe = safe.replace(secret, REDACTED);
        }
        safe = USER_OF_URL.matcher(safe).replaceAll(REDACTED + "@");
        safe = HEADER.matcher(safe).replaceAll("$1$2 " + REDACTED);
        // By their names first, so that the names stay.
        safe = SecretShapes.redact(withoutAssigned(safe));
        return DICE.matcher(safe).replaceAll(REDACTED);
    }

    /// The same for JSON, where names are known for sure.
    public String json(JsonNode tree) {
        var plain = JSON.treeToValue(tree, Object.class);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new RedactedTree(this, List.of()).of(plain));
    }

    /// What is not a secret's value is looked into: a URL is a value, and may have a password in it.
    private static String withoutAssigned(String text) {
        var safe = new StringBuilder(text.length());
        var assignment = ASSIGNMENT.matcher(text);
        var value = VALUE.matcher(text);
        int done = 0;
        while (assignment.find(done)) {
            safe.append(text, done, assignment.end());
            done = assignment.end();
            if (SecretNames.matches(assignment.group(1))
                    && value.region(done, text.length()).lookingAt()) {
                safe.append(REDACTED);
                done = value.end();
            }
        }
        return safe.append(text, done, text.length()).toString();
    }

    private static Stream<String> spellings(String secret) {
        var inJson = JSON.writeValueAsString(secret);
        return Stream.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"),
                inJson.substring(1, inJson.length() - 1));
    }
}
