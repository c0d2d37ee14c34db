package dev.portcullis.proxy.config;

import dev.portcullis.configuration.Settings;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads [ChainSettings] from the section `proxy.audit.chain`.
final class ChainReader {
    private static final Pattern WEBHOOK = Pattern.compile(
            "https://[^\\s@/?#]+(?:[/?][^\\s#]*)?|http://(?:127\\.0\\.0\\.1|localhost|\\[::1])(?:[:/?][^\\s#]*)?");

    private ChainReader() {}

    static ChainSettings read(Settings section) {
        var defaults = ChainSettings.defaults();
        var anchors = section.section("anchors");
        var token = anchors.optionalSecret("token");
        var webhook = webhook(anchors);
        if (token.isPresent() && webhook.isEmpty()) {
            anchors.rejectUnseen("token", "no token without a webhook");
        }
        return new ChainSettings(
                section.file("key"),
                ProxySettings.duration(section, "interval", defaults.interval(), ChainSettings.INTERVAL),
                ProxySettings.number(section, "records", defaults.records(), ChainSettings.RECORDS),
                anchors.file("file"),
                webhook,
                token);
    }

    private static Optional<URI> webhook(Settings section) {
        var url = section.optionalString("webhook");
        if (url.filter(text -> !WEBHOOK.matcher(text).matches()).isPresent()) {
            section.reject("webhook", "an https URL; http leads to loopback only");
            return Optional.empty();
        }
        return url.map(URI::create);
    }
}
