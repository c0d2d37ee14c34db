package dev.portcullis.configuration;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `${NAME}` and `${NAME:-default}` in a value.
///
/// As in a shell, the default also stands in for a variable that is empty. `$${` is a plain `${`. What
/// was put in is not looked at again, so a variable's content cannot name another one.
record Placeholders(Map<String, String> environment) {
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "\\$(?<escaped>\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?<or>:-(?<default>[^}]*))?}|\\$\\{");

    /// What came of it.
    sealed interface Replaced {
        record Text(String text) implements Replaced {}

        /// @param placeholder the one that cannot be replaced, without the text around it, which may be
        ///     secret
        /// @param expected what would have made it possible
        record Impossible(String placeholder, String expected) implements Replaced {}
    }

    Replaced replace(String text) {
        var result = new StringBuilder();
        var placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            if (placeholders.group("escaped") != null) {
                placeholders.appendReplacement(result, Matcher.quoteReplacement("${"));
                continue;
            }
            var name = placeholders.group("name");
            if (name == null) {
                return new Replaced.Impossible("${", "${NAME} or ${NAME:-default}; $${ for a plain ${");
            }
            var value = value(placeholders, name);
            if (value.isEmpty()) {
                return new Replaced.Impossible(placeholders.group(), "the environment variable " + name + " to be set");
            }
            placeholders.appendReplacement(result, Matcher.quoteReplacement(value.get()));
        }
        return new Replaced.Text(placeholders.appendTail(result).toString());
    }

    private Optional<String> value(Matcher placeholder, String name) {
        var value = Optional.ofNullable(environment.get(name));
        return placeholder.group("or") == null
                ? value
                : value.filter(text -> !text.isEmpty()).or(() -> Optional.ofNullable(placeholder.group("default")));
    }
}
