package dev.portcullis.proxy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.jsonrpc.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.util.Optional;

class CanonicalTextTest {
    private static final StrictJson JSON = new StrictJson(400);

    @Test
    void orderOfKeysAndSpacesMakeNoDifference() throws Exception {
        assertThat(CanonicalText.of(read("""
                {"peach": [ true, null, {"b": 1, "a": "x"} ], "Apple": {}, "\\u00e9": "", "é2": "\\u20ac"}"""))).isEqualTo("""
                {"Apple":{},"peach":[true,null,{"a":"x","b":1}],"é":"","é2":"€"}""");
    }

    /// The values of RFC 8785, and numbers that its doubles would lose.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "1.50, 1.5",
        "1e3, 1000",
        "4.50, 4.5",
        "2e-3, 0.002",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "0.000000000000000000000000001, 1e-27",
        "333333333.33333329, 333333333.33333329",
        "100000000000000000000, 100000000000000000000",
        "1E21, 1e+21",
        "1E30, 1e+30",
        "-12.5e25, -1.25e+26",
        "9007199254740993, 9007199254740993"
    })
    void numberHasOneForm(String written, String canonical) throws Exception {
        assertThat(CanonicalText.of(read("[" + written + "]"))).isEqualTo("[" + canonical + "]");
    }

    @Test
    void textIsEscapedAsLittleAsCanBe() throws Exception {
        assertThat(CanonicalText.of(read("\"\\u000f\\u000aA'B\\\"\\\\\\\\\\\"\\/\\u007f😀\\ud800\"")))
                .isEqualTo("\"\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f😀\\ud800\"");
    }

    @Test
    void everyPartOfAnEntryBelongsToItsDefinition() throws Exception {
        var one = ToolDefinition.of(read("{\"name\":\"a\",\"description\":\"b\",\"_meta\":{\"ui\":1}}"));
        assertThat(one.hash())
                .matches("sha256:[0-9a-f]{64}")
                .isEqualTo(ToolDefinition.of(read("{\"description\":\"b\", \"_meta\":{\"ui\":1.0}, \"name\":\"a\"}"))
                        .hash())
                .isNotEqualTo(ToolDefinition.of(read("{\"name\":\"a\",\"description\":\"b\",\"_meta\":{\"ui\":2}}"))
                        .hash())
                .isNotEqualTo(
                        ToolDefinition.of(read("{\"name\":\"a\",\"description\":\"b\u200b\",\"_meta\":{\"ui\":1}}"))
                                .hash());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"annotations":{"readOnlyHint":true}}                        | true
            {"annotations":{"readOnlyHint":false}}                       | false
            {"annotations":{"readOnlyHint":"true"}}                      |
            {"annotations":{"readOnlyHint":true,"readonlyhint":false}}   |
            {"annotations":[{"readOnlyHint":true}]}                      |
            {"readOnlyHint":true}                                        |
            """)
    void onlyAClearHintIsOne(String entry, Boolean hint) throws Exception {
        assertThat(ToolDefinition.of(read(entry)).readOnlyHint()).isEqualTo(Optional.ofNullable(hint));
    }

    private static JsonNode read(String json) throws StrictJson.NotStrictJson {
        return JSON.read(json);
    }
}
