package dev.portcullis.console.callers.ui;

import java.util.List;

/// How callers identify themselves, in words.
final class Kinds {
    static final List<String> ALL = List.of("api_key", "bearer", "certificate", "passthrough", "anonymous");

    private Kinds() {}

    static String label(String kind) {
        return switch (kind) {
            case "api_key" -> "API key";
            case "bearer" -> "Signed in";
            case "certificate" -> "Certificate";
            case "passthrough" -> "Passed through";
            case "anonymous" -> "Anonymous";
            default -> kind;
        };
    }
}
