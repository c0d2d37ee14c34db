package dev.portcullis.standalone.doctor;

import dev.portcullis.proxy.audit.SecretNames;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A document without secrets. Its structure tells for sure what belongs to which name, on however many
/// lines it stands; comments are left out.
///
/// @param harmless names that sound like a secret's and are not
record RedactedTree(Redactor redactor, List<String> harmless) {
    private static final Pattern REFERENCE = Pattern.compile("file:[A-Za-z0-9._/-]{1,200}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-[^}]*)?}");

    RedactedTree {
        harmless = List.copyOf(harmless);
    }

    /// Empty when it is no YAML.
    Optional<String> ofYaml(String text) {
        try {
            var tree = new Load(LoadSettings.builder().build()).loadFromString(text);
            var settings = DumpSettings.builder()
                    .setDefaultFlowStyle(FlowStyle.BLOCK)
                    .setWidth(120)
                    .build();
            return Optional.of(new Dump(settings).dumpToString(of(tree)));
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    /// @param tree of maps, lists and plain values
    @Nullable
    Object of(@Nullable Object tree) {
        return of(tree, false);
    }

    private @Nullable Object of(@Nullable Object tree, boolean isSecret) {
        return switch (tree) {
            case Map<?, ?> map -> ofMap(map, isSecret);
            case Collection<?> list ->
                list.stream().map(one -> of(one, isSecret)).toList();
            case null -> null;
            case Boolean truth -> truth;
            default -> isSecret ? hidden(tree.toString()) : ofValue(tree);
        };
    }

    private Map<String, @Nullable Object> ofMap(Map<?, ?> map, boolean isSecret) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> {
            var name = String.valueOf(key);
            copy.put(
                    redactor.text(name),
                    of(value, isSecret || (SecretNames.matches(name) && !harmless.contains(name))));
        });
        return copy;
    }

    private Object ofValue(Object value) {
        return value instanceof String text ? redactor.text(text) : value;
    }

    /// Where a secret is, may be said.
    private String hidden(String secret) {
        var placeholder = PLACEHOLDER.matcher(secret);
        if (placeholder.matches()) {
            return "${" + placeholder.group(1) + (placeholder.group(2) == null ? "}" : ":-" + Redactor.REDACTED + "}");
        }
        var isReference =
                REFERENCE.matcher(secret).matches() && redactor.text(secret).equals(secret);
        return secret.isEmpty() || isReference ? secret : Redactor.REDACTED;
    }
}
