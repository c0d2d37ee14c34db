package dev.portcullis.proxy.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds secrets in texts by how they look.
///
/// Each pattern reads a text in one pass: it begins only where its kind of run begins, so that no input
/// makes it start again and again over the same characters.
public final class SecretShapes {
    static final String REDACTED = "[redacted]";

    private static final Pattern ANY = Pattern.compile(String.join(
            "|",
            List.of(
                    // a private key, whole or cut off
                    "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
                            + "(?s:.*?)(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\\z)",
                    // the same in base64, which is no certificate and no public key
                    "LS0tLS1CRUdJTiB(?!DRVJU|QVUJM)[A-Za-z0-9+/]{8,}+=*+",
                    // JSON Web Token, signed (three parts) or encrypted (five, the second may be empty), whole or cut
                    // off;
                    // glued to a name too, but then not with a header of any length
                    "(?:(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+|(?<=[_-])eyJ[A-Za-z0-9_-]{8,300}+)"
                            + "(?:\\.[A-Za-z0-9_-]{16,}+(?:\\.[A-Za-z0-9_-]*+){0,3}+"
                            + "|\\.[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+){1,3}+|\\.(?:\\.[A-Za-z0-9_-]++){3})",
                    // what stands in an Authorization header
                    "(?<![A-Za-z0-9])(?i:bearer|basic)[ \\t]{1,8}(?=[A-Za-z0-9._~+/-]*+[=0-9]|\\S{0,64}[0-9])"
                            + "[A-Za-z0-9._~+/-]{12,}+=*+",
                    // other schemes, keys and cookies in lines of headers
                    "(?<![A-Za-z0-9])(?i:authorization:[ \\t]{0,8}(?:[a-z]{2,16}[ \\t]{1,8})?+|x-api-key:[ \\t]{0,8})"
                            + "(?=\\S{0,64}[0-9])[A-Za-z0-9._~+/-]{12,}+=*+",
                    "(?<![A-Za-z0-9])(?i:cookie:)[ \\t]{0,8}[A-Za-z0-9_.-]{1,64}+=[^\\r\\n\"']++",
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
                    "(?<=://hooks\\.slack\\.com/services/)[A-Za-z0-9/]{16,}+",
                    // OpenAI, Anthropic, Stripe
                    "(?<![A-Za-z0-9_-])(?:sk|rk)[-_](?=[A-Za-z_-]*+[0-9])[A-Za-z0-9_-]{16,}+",
                    // Google
                    "(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}",
                    // user and password in a URL
                    "(?<=://)[^/\\s:@?#]{0,256}+:[^/\\s?#\"']{1,256}(?=@)",
                    // a token in the place of a user
                    "(?<=://)(?=[A-Za-z_-]*+[0-9])[A-Za-z0-9_-]{20,}+(?=@)",
                    // connection strings, forms, and assignments of variables
                    "(?<![A-Za-z])(?i:password|passwd|pwd|accountkey|sharedaccesskey|client_secret)=(?!\\[redacted])[^\\s;&\"',]{3,}+",
                    "(?<![A-Za-z])(?i:aws_secret_access_key)[ ]?=[ ]?[^\\s\"']{16,}+",
                    "(?<![A-Za-z0-9_])[A-Z0-9_]{0,64}(?:PASSWORD|SECRET|TOKEN|API_KEY|ACCESS_KEY|PRIVATE_KEY)"
                            + "=(?!\\[redacted])(?:\"[^\"]{3,}+\"|'[^']{3,}+'|[^\\s;&\"']{3,}+)",
                    // JSON in the middle of other text, as it is, or in a text of JSON
                    "\"(?i:password|passwd|secret|client_?secret|api_?key|access_?token|refresh_?token|private_?key|token)"
                            + "(?:\"\\s{0,4}:\\s{0,4}\"(?:[^\"\\\\]|\\\\.)++"
                            + "|\\\\{1,3}\"\\s{0,4}:\\s{0,4}\\\\{1,3}\"[^\"]++)",
                    // a secret among a URL's parameters
                    "(?<=[?&](?:access_token|api_key|apikey|client_secret|password|secret|sig|signature|token)=)"
                            + "[^&\\s#\"']++")));

    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/_-]{24,}+=*+");

    /// So many characters of a run tell most that are no text.
    private static final int FIRST_LOOK = 24;

    private SecretShapes() {}

    /// `text` with a sign in place of each secret; other texts are returned as they are.
    public static String redact(String text) {
        return ENCODED.matcher(ANY.matcher(text).replaceAll(REDACTED))
                .replaceAll(run -> hidesSecret(run.group()) ? REDACTED : Matcher.quoteReplacement(run.group()));
    }

    /// Whether a run of characters is base64 of a text with a secret.
    private static boolean hidesSecret(String run) {
        var plain = run.replace('-', '+').replace('_', '/').replace("=", "");
        return isText(decoded(plain.substring(0, FIRST_LOOK)))
                && Optional.of(decoded(plain))
                        .filter(SecretShapes::isText)
                        .filter(text -> ANY.matcher(text).find())
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
