package dev.portcullis.console.policy;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Objects;

/// The two forms of a policy document. It is kept as its author wrote it, and given in the form that is
/// asked for.
public enum DocumentForm {
    YAML,
    JSON;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// The form a text is written in.
    public static DocumentForm of(String text) {
        return text.stripLeading().startsWith("{") ? JSON : YAML;
    }

    /// The same document in this form; its very text when it is in this form already.
    ///
    /// @param text a readable document: whoever calls has read it, which bounds its size and depth
    public String render(String text) {
        if (of(text) == this) {
            return text;
        }
        var content = Objects.requireNonNull(
                new Load(LoadSettings.builder().setLabel("policy").build()).loadFromString(text));
        return switch (this) {
            case JSON -> MAPPER.writeValueAsString(content) + "\n";
            case YAML ->
                new Dump(DumpSettings.builder()
                                .setDefaultFlowStyle(FlowStyle.BLOCK)
                                .setIndicatorIndent(2)
                                .setIndentWithIndicator(true)
                                .build())
                        .dumpToString(content);
        };
    }
}
