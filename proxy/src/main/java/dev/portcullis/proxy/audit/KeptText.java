package dev.portcullis.proxy.audit;

/// Texts that the trail keeps as they are.
public final class KeptText {
    private KeptText() {}

    /// Whether a text has nothing of a secret about it, and nothing that the database does not take.
    public static boolean isHarmless(String text) {
        return PlainText.of(SecretShapes.redact(text)).equals(text);
    }
}
