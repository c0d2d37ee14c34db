package dev.portcullis.proxy.audit;

import java.util.List;
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
                    "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|\\z)",
                    // JSON Web Token, signed (three parts) or encrypted (five, the second may be empty), whole or cut
                    // off;
                    // glued to a name too, but then not with a header of any length
                    "(?:(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+|(?<=[_-])eyJ[A-Za-z0-9_-]{8,300}+)"
                            + "(?:\\.[A-Za-z0-9_-]{16,}+(?:\\.[A-Za-z0-9_-]*+){0,3}+"
                            + "|\\.[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+){1,3}+|\\.(?:\\.[A-Za-z0-9_-]++){3})",
                    // what stands in an Authorization header
                    "(?<![A-Za-z0-9])(?i:bearer|basic)[ \\t]{1,8}(?=[A-Za-z0-9._~+/-]*+[=0-9]|\\S{0,64}[0-9])"
                            + "[A-Za-z0-9._~+/-]{12,}+=*+",
                    // AWS access key
                    "(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])",
                    // this gateway's own, whatever they are glued to
                    "(?:pck_|pca_)[A-Za-z0-9_-]{16,}+",
                    // GitHub, GitLab, npm
                    "(?<![A-Za-z0-9_-])(?:gh[pousr]_|github_pat_|glpat-|npm_)[A-Za-z0-9_-]{16,}+",
                    // Slack
                    "(?<![A-Za-z0-9_-])xox[a-z]-[A-Za-z0-9-]{10,}+",
                    // OpenAI, Anthropic, Stripe
                    "(?<![A-Za-z0-9_-])(?:sk|rk)[-_](?=[A-Za-z_-]*+[0-9])[A-Za-z0-9_-]{16,}+",
                    // Google
                    "(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}",
                    // user and password in a URL
                    "(?<=://)[^/\\s:@?#]{1,256}+:[^/\\s@?#]{1,256}+(?=@)",
                    // a secret among a URL's parameters
                    "(?<=[?&](?:access_token|api_key|apikey|client_secret|password|secret|sig|signature|token)=)"
                            + "[^&\\s#\"']++")));

    private SecretShapes() {}

    /// `text` with a sign in place of each secret; other texts are returned as they are.
    public static String redact(String text) {
        return ANY.matcher(text).replaceAll(REDACTED);
    }
}
