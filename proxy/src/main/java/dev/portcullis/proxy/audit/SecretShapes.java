package dev.portcullis.proxy.audit;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Finds secrets in texts by how they look.
///
/// Each pattern reads a text in one pass: it begins only where its kind of run begins, so that no input
/// makes it start again and again over the same characters. Only patterns are tried whose signs a text has: this is
/// done on event loops, for every text of a call's arguments.
public final class SecretShapes {
    static final String REDACTED = "[redacted]";

    /// A kind of secret.
    ///
    /// @param signs in lower case; a text that has none of them, in whatever case, has no such secret
    /// @param pattern how it looks
    private record Shape(List<String> signs, String pattern) {
        /// @param signs with spaces between them
        private static Shape of(String signs, String... patterns) {
            return new Shape(Arrays.asList(signs.split(" ")), String.join("|", patterns));
        }

        private boolean isIn(String lowerCase) {
            for (var sign : signs) {
                if (lowerCase.contains(sign)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// In the order in which they are tried at each place of a text.
    private static final List<Shape> SHAPES = List.of(
            // private keys
            Shape.of(
                    "-----begin ls0tls1crudjtib",
                    // a private key, whole or cut off
                    "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
                            + "(?s:.*?)(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\\z)",
                    // the same in base64, which is no certificate and no public key
                    "LS0tLS1CRUdJTiB(?!DRVJU|QVUJM)[A-Za-z0-9+/]{8,}+=*+"),
            // JSON Web Tokens
            Shape.of(
                    "eyj",
                    // signed (three parts) or encrypted (five, the second may be empty), whole or cut off;
                    // glued to a name too, but then not with a header of any length
                    "(?:(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+|(?<=[_-])eyJ[A-Za-z0-9_-]{8,300}+)"
                            + "(?:\\.[A-Za-z0-9_-]{16,}+(?:\\.[A-Za-z0-9_-]*+){0,3}+"
                            + "|\\.[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+){1,3}+|\\.(?:\\.[A-Za-z0-9_-]++){3})"),
            // lines of headers
            Shape.of(
                    "bearer basic authorization: x-api-key: cookie:",
                    // what stands in an Authorization header
                    "(?<![A-Za-z0-9])(?i:bearer|basic)[ \\t]{1,8}(?=[A-Za-z0-9._~+/-]*+[=0-9]|\\S{0,64}[0-9])"
                            + "[A-Za-z0-9._~+/-]{12,}+=*+",
                    // other schemes, keys and cookies in lines of headers
                    "(?<![A-Za-z0-9])(?i:authorization:[ \\t]{0,8}(?:[a-z]{2,16}[ \\t]{1,8})?+|x-api-key:[ \\t]{0,8})"
                            + "(?=\\S{0,64}[0-9])[A-Za-z0-9._~+/-]{12,}+=*+",
                    "(?<![A-Za-z0-9])(?i:cookie:)[ \\t]{0,8}[A-Za-z0-9_.-]{1,64}+=[^\\r\\n\"']++"),
            // keys and tokens that say whose they are
            Shape.of(
                    "akia asia abia acca pck_ pca_ ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glrt- "
                            + "glcbt- glptt- glft- glsoat- glagent- npm_ pypi- dckr_pat_ hf_ lin_api_ figd_ whsec_ "
                            + "gocspx- hvs. hvb. hvr. ya29. sg. sk shpat_ shpca_ shppa_ shpss_ dapi doo_v1_ dop_v1_ "
                            + "dor_v1_ atatt3 xox xapp- rk- rk_ aiza",
                    // AWS access key
                    "(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])",
                    // this gateway's own, whatever they are glued to
                    "(?:pck_|pca_)[A-Za-z0-9_-]{16,}+",
                    // GitHub, GitLab, npm, PyPI, Docker, Hugging Face, Linear, Figma, Stripe's webhooks, Google's
                    // clients
                    "(?<![A-Za-z0-9_-])(?:gh[pousr]_|github_pat_|gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-|npm_|pypi-|dckr_pat_|hf_"
                            + "|lin_api_|figd_|whsec_|GOCSPX-)[A-Za-z0-9_-]{16,}+",
                    // Vault, Google's access, SendGrid
                    "(?<![A-Za-z0-9_-])(?:hv[sbr]|ya29|SG)\\.[A-Za-z0-9_.-]{20,}+",
                    // Twilio, Shopify, Databricks, DigitalOcean
                    "(?<![A-Za-z0-9_-])(?:SK|shp(?:at|ca|pa|ss)_|dapi|do[opr]_v1_)[0-9a-f]{32,64}+(?![A-Za-z0-9])",
                    // Atlassian
                    "(?<![A-Za-z0-9_-])ATATT3[A-Za-z0-9_=-]{20,}+",
                    // Slack
                    "(?<![A-Za-z0-9_-])(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,}+",
                    // OpenAI, Anthropic, Stripe
                    "(?<![A-Za-z0-9_-])(?:sk|rk)[-_](?=[A-Za-z_-]*+[0-9])[A-Za-z0-9_-]{16,}+",
                    // Google
                    "(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}"),
            // parts of URLs
            Shape.of(
                    "://",
                    "(?<=://hooks\\.slack\\.com/services/)[A-Za-z0-9/]{16,}+",
                    // user and password
                    "(?<=://)[^/\\s:@?#]{0,256}+:[^/\\s?#\"']{1,256}(?=@)",
                    // a token in the place of a user
                    "(?<=://)(?=[A-Za-z_-]*+[0-9])[A-Za-z0-9_-]{20,}+(?=@)"),
            // assignments and parameters
            Shape.of(
                    "password= passwd= pwd= key= secret= aws_secret_access_key token= sig= signature=",
                    // connection strings, forms, and assignments of variables
                    "(?<![A-Za-z])(?i:password|passwd|pwd|accountkey|sharedaccesskey|client_secret)=(?!\\[redacted])[^\\s;&\"',]{3,}+",
                    "(?<![A-Za-z])(?i:aws_secret_access_key)[ ]?=[ ]?[^\\s\"']{16,}+",
                    "(?<![A-Za-z0-9_])[A-Z0-9_]{0,64}(?:PASSWORD|SECRET|TOKEN|API_KEY|ACCESS_KEY|PRIVATE_KEY)"
                            + "=(?!\\[redacted])(?:\"[^\"]{3,}+\"|'[^']{3,}+'|[^\\s;&\"']{3,}+)",
                    // among a URL's parameters
                    "(?<=[?&](?:access_token|api_key|apikey|client_secret|password|secret|sig|signature|token)=)"
                            + "[^&\\s#\"']++"),
            // members of JSON in a text
            Shape.of(
                    "\"password \"passwd \"secret \"client \"api \"access \"refresh \"private \"token",
                    // JSON in the middle of other text, as it is, or in a text of JSON
                    "\"(?i:password|passwd|secret|client_?secret|api_?key|access_?token|refresh_?token|private_?key|token)"
                            + "(?:\"\\s{0,4}:\\s{0,4}\"(?:[^\"\\\\]|\\\\.)++"
                            + "|\\\\{1,3}\"\\s{0,4}:\\s{0,4}\\\\{1,3}\"[^\"]++)"));

    private static final int EVERY = (1 << SHAPES.size()) - 1;

    /// By the shapes that a text may have. Most texts have none, and few have many; trying all of them at each place
    /// of each text would keep an event loop for too long.
    private static final AtomicReferenceArray<@Nullable Pattern> PATTERNS = new AtomicReferenceArray<>(EVERY + 1);

    private static final int SHORTEST_RUN = 24;

    /// Runs that begin where such a run can begin.
    private static final Pattern ENCODED =
            Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{" + SHORTEST_RUN + ",}+=*+");

    /// So many characters of a run tell most that are no text.
    private static final int FIRST_LOOK = 24;

    private SecretShapes() {}

    /// `text` with a sign in place of each secret; other texts are returned as they are.
    public static String redact(String text) {
        return redact(text, shapesIn(text));
    }

    /// The same, looking for every shape at every place.
    static String redactTheLongWay(String text) {
        return redact(text, EVERY);
    }

    private static String redact(String text, int shapes) {
        var rest = shapes == 0 ? text : pattern(shapes).matcher(text).replaceAll(REDACTED);
        if (!hasRun(rest)) {
            return rest;
        }
        return ENCODED.matcher(rest)
                .replaceAll(run -> hidesSecret(run.group()) ? REDACTED : Matcher.quoteReplacement(run.group()));
    }

    /// Whether there is anything for [#ENCODED].
    private static boolean hasRun(String text) {
        var length = 0;
        for (int at = 0; at < text.length() && length < SHORTEST_RUN; at++) {
            length = isOfRun(text.charAt(at)) ? length + 1 : 0;
        }
        return length >= SHORTEST_RUN;
    }

    private static boolean isOfRun(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '_'
                || c == '-';
    }

    private static int shapesIn(String text) {
        var lowerCase = text.toLowerCase(Locale.ROOT);
        var found = 0;
        for (int at = 0; at < SHAPES.size(); at++) {
            if (SHAPES.get(at).isIn(lowerCase)) {
                found |= 1 << at;
            }
        }
        return found;
    }

    private static Pattern pattern(int shapes) {
        var known = PATTERNS.get(shapes);
        if (known != null) {
            return known;
        }
        var made = Pattern.compile(IntStream.range(0, SHAPES.size())
                .filter(at -> (shapes & (1 << at)) != 0)
                .mapToObj(at -> SHAPES.get(at).pattern())
                .collect(Collectors.joining("|")));
        PATTERNS.set(shapes, made);
        return made;
    }

    private static boolean hasSecret(String text) {
        var shapes = shapesIn(text);
        return shapes != 0 && pattern(shapes).matcher(text).find();
    }

    /// Whether a run of characters is base64 of a text with a secret.
    private static boolean hidesSecret(String run) {
        var plain = run.replace('-', '+').replace('_', '/').replace("=", "");
        return isText(decoded(plain.substring(0, FIRST_LOOK)))
                && Optional.of(decoded(plain))
                        .filter(SecretShapes::isText)
                        .filter(SecretShapes::hasSecret)
                        .isPresent();
    }

    private static String decoded(String base64) {
        var whole = base64.length() % 4 == 1 ? base64.substring(0, base64.length() - 1) : base64;
        return new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
    }

    private static boolean isText(String decoded) {
        return decoded.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t');
    }
}
