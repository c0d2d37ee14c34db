package dev.portcullis.proxy.mcp.modern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.mcp.MirroredHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

class ParameterHeadersTest {
    private static final String TOOL = """
            {"name": "deploy", "inputSchema": {"type": "object", "properties": {
              "region": {"type": "string", "x-mcp-header": "Region"},
              "size": {"type": "object", "properties": {"count": {"type": "integer", "x-mcp-header": "Count"}}},
              "dry": {"type": "boolean", "x-mcp-header": "Dry"}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"region\": \"eu\"} | Region | eu | true",
                "{\"region\": \"eu\"} | Region | us | false",
                "{\"region\": \"eu\"} | Other | eu | false",
                "{\"region\": \"ü\"} | Region | =?base64?w7w=?= | true",
                "{\"region\": \"ü\"} | Region | =?base64?!!?= | false",
                "{\"size\": {\"count\": 7}} | Count | 7 | true",
                "{\"size\": {\"count\": 7}} | Count | 7.0 | true",
                "{\"size\": {\"count\": 7}} | Count | 8 | false",
                "{\"size\": {\"count\": 7}} | Count | seven | false",
                "{\"dry\": true} | mcp | x | false",
                "{\"dry\": true} | DRY | true | true",
                "{} | Region | eu | false",
                "{\"region\": null} | Unknown | eu | true"
            })
    void headerAgreesWithTheArgumentOrNot(String arguments, String name, String value, boolean agrees) {
        var headers = new MirroredHeaders(new HeaderFields(List.of(new Field("Mcp-Param-" + name, value))));

        var disagreement = ParameterHeaders.of(json(TOOL)).disagreement(json(arguments), headers);

        assertThat(disagreement.isEmpty()).isEqualTo(agrees);
    }

    @Test
    void annotationsThatCollideMakeTheToolUnusableAndAreNotCompared() {
        var tool = json("""
                {"name": "x", "inputSchema": {"properties": {
                  "a": {"x-mcp-header": "Same"}, "b": {"x-mcp-header": "sAME"}}}}
                """);

        assertThat(ParameterHeaders.of(tool).parameters()).isEmpty();
    }

    @Test
    void schemaWithoutEndIsReadToABound() {
        var schema = "{\"x-mcp-header\":\"Deep\"}";
        for (int i = 0; i < 100; i++) {
            schema = "{\"properties\":{\"p\":" + schema + "}}";
        }

        assertThat(ParameterHeaders.of(json("{\"inputSchema\":" + schema + "}")).parameters())
                .isEmpty();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
