package dev.portcullis.sandbox.oauth;

import java.util.Optional;
import java.util.regex.Pattern;

/// A path in which `{/name}` stands for `/` and the name of an organization, or for nothing.
public final class PathTemplate {

    private static final String NAME = "(?:/(?<name>[a-z0-9][a-z0-9-]{0,62}))?";

    /// Where an organization's MCP endpoint is.
    public static final PathTemplate ENDPOINT = new PathTemplate("{/name}/v1");

    private final Pattern pattern;
    private final boolean isNamed;

    PathTemplate(String template) {
        this.isNamed = template.contains("{/name}");
        this.pattern = Pattern.compile(template.replace(".", "\\.").replace("{/name}", NAME));
    }

    /// The name in a path of this form, empty if it has none; nothing for other paths.
    public Optional<String> name(String path) {
        var match = pattern.matcher(path);
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                Optional.ofNullable(isNamed ? match.group("name") : null).orElse(""));
    }
}
