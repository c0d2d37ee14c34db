package dev.portcullis.console.connect;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a client is to be connected to, and how.
///
/// @param name of the route, which is also the server's name in the client
/// @param url of the route's endpoint at the gateway
/// @param isReadOnly whether the client asks to be shown tools that read, and no others
record Target(String name, String url, Proof proof, boolean isReadOnly) {
    /// Where a client finds the key: it is in nobody's file, and in no snippet.
    static final String KEY_VARIABLE = "PORTCULLIS_KEY";

    /// Whether it is reached without TLS.
    boolean isPlain() {
        return url.startsWith("http:");
    }

    /// What is sent with every request besides.
    ///
    /// @param key how the client in question spells the key, `${env:PORTCULLIS_KEY}` for instance
    Map<String, String> headers(String key) {
        var headers = new LinkedHashMap<String, String>();
        if (proof == Proof.KEY) {
            headers.put("Authorization", "Bearer " + key);
        }
        headers.putAll(wishes());
        return headers;
    }

    /// The headers that tighten.
    Map<String, String> wishes() {
        return isReadOnly ? Map.of("x-read-only-mode", "1") : Map.of();
    }
}
