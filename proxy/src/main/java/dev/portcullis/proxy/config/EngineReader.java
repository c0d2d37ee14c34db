package dev.portcullis.proxy.config;

import dev.portcullis.configuration.Settings;
import dev.portcullis.proxy.config.EngineSettings.Opa;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Reads the section `policy`: `engine: embedded` or `engine: opa` with a section `opa`.
final class EngineReader {
    private static final String URL_FORM =
            "http://host:port or https://host, with a path if OPA has one before its API";

    private EngineReader() {}

    static EngineSettings read(Settings section) {
        var opa = section.section("opa");
        return switch (section.string("engine", "embedded")) {
            case "opa" -> opa(opa);
            case "embedded" -> {
                if (!opa.names().isEmpty()) {
                    section.reject("engine", "opa, since keys of the section opa are set");
                }
                yield new EngineSettings.Embedded();
            }
            default -> {
                section.reject("engine", "embedded or opa");
                yield new EngineSettings.Embedded();
            }
        };
    }

    private static EngineSettings opa(Settings section) {
        var url = section.optionalString("url").flatMap(EngineReader::url);
        if (url.isEmpty()) {
            section.reject("url", URL_FORM);
        }
        return new Opa(
                url.orElseGet(() -> URI.create("http://unset.invalid")),
                section.optionalSecret("token"),
                ProxySettings.readable(section, "authorities"),
                ProxySettings.duration(section, "timeout", Opa.USUAL_TIMEOUT, Opa.TIMEOUT),
                ProxySettings.number(section, "connections", Opa.USUAL_CONNECTIONS, Opa.CONNECTIONS),
                ProxySettings.bytes(section, "answer", Opa.USUAL_ANSWER_BYTES, Opa.ANSWER_BYTES));
    }

    /// A slash at the end is nothing that anybody means.
    private static Optional<URI> url(String text) {
        try {
            var url = new URI(text.replaceFirst("/+$", "")).parseServerAuthority();
            var isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isWeb
                            && url.getHost() != null
                            && url.getRawUserInfo() == null
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
