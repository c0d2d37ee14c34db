package dev.portcullis.console.tools.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.portcullis.console.tools.CatalogueEntry;
import dev.portcullis.console.tools.SeenDefinition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/// A tool with the history of its definitions.
///
/// @param entry the current definition itself; absent when it is longer than is kept
/// @param definitions the one seen last first
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ToolDetail(@JsonUnwrapped ToolView tool, Optional<JsonNode> entry, List<SeenDefinition> definitions) {

    static ToolDetail of(CatalogueEntry tool, Optional<String> text, List<SeenDefinition> definitions) {
        return new ToolDetail(ToolView.of(tool), text.map(JsonMapper.shared()::readTree), definitions);
    }
}
