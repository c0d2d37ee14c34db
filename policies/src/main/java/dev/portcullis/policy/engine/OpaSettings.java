package dev.portcullis.policy.engine;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import javax.net.ssl.SSLContext;

/// How an OPA server is asked.
///
/// @param url where it is, without the path of its API unless something before it adds one
/// @param token shown as a bearer token
/// @param tls who is trusted to be the server; what Java trusts when absent
/// @param timeout how long a decision may take, from the question to the last byte of the answer
/// @param connections how many questions are under way at once, each on a connection of its own
/// @param answerBytes how large an answer may be
public record OpaSettings(
        URI url, Optional<String> token, Optional<SSLContext> tls, Duration timeout, int connections, int answerBytes) {
    public OpaSettings {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("url: " + url + " (expected: http or https)");
        }
        if (!timeout.isPositive() || connections < 1 || answerBytes < 1) {
            throw new IllegalArgumentException("timeout, connections and answerBytes: above zero");
        }
    }

    @Override
    public String toString() {
        return url + ", " + timeout + ", " + connections + " connections";
    }
}
