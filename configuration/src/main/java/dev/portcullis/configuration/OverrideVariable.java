package dev.portcullis.configuration;

import java.util.Locale;

/// The name of the environment variable that overrides a key.
final class OverrideVariable {
    private OverrideVariable() {}

    /// `proxy.limits.idleTimeout` is `PORTCULLIS_PROXY_LIMITS_IDLE_TIMEOUT`.
    static String of(String path) {
        var words =
                path.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").replace('.', '_').replace('-', '_');
        return "PORTCULLIS_" + words.toUpperCase(Locale.ROOT);
    }
}
