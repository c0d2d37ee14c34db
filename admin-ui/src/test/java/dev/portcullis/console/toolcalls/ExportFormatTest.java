package dev.portcullis.console.toolcalls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ExportFormatTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                " =1",
                "\u00a0=1",
                "\uff1d1",
                "\uff0b1",
                "\uff20A1"
            })
    void cellThatASpreadsheetWouldRunBeginsWithAnApostrophe(String client) {
        assertThat(cell(client)).startsWith("'");
    }

    /// Where a comma is in numbers, spreadsheets part cells at semicolons, and see no quotes within.
    @ParameterizedTest
    @ValueSource(strings = {"a;=1+1;b", "a;@SUM(A1)", "a; +1", "a\t=1", "a\n=1", "a;\t-1", "a;\"=1"})
    void whatWouldBeACellElsewhereIsDisarmedToo(String client) {
        assertThat(cell(client)).doesNotContainPattern("[;\\t\\n\\r][\\s\"]*[=+@-]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor", "a;b", "a=b", "a - b", "claude-code 1.0; linux"})
    void everythingElseIsAsItWas(String client) {
        assertThat(cell(client)).isEqualTo(client);
    }

    @Test
    void jsonIsNotTouched() {
        assertThat(ExportFormat.NDJSON.line(call("a;=1+1"))).contains("\"a;=1+1\"");
    }

    /// As a reader of RFC 4180 sees it.
    private static String cell(String client) {
        var line = ExportFormat.CSV.line(call(client));
        var from = line.indexOf("unique-caller,") + "unique-caller,".length() + ",,".length();
        if (line.charAt(from) == '"') {
            var text = new StringBuilder();
            for (int i = from + 1; !(line.charAt(i) == '"' && line.charAt(i + 1) != '"'); i++) {
                i += line.charAt(i) == '"' ? 1 : 0;
                text.append(line.charAt(i));
            }
            return text.toString();
        }
        return line.substring(from, line.indexOf(',', from));
    }

    private static ToolCall call(String client) {
        var call = JSON.createObjectNode()
                .put("id", "00000000-0000-0000-0000-000000000001")
                .put("occurred_at", "2026-11-22T12:00:00Z")
                .put("replica", "r1")
                .put("caller", "unique-caller")
                .put("client_name", client)
                .put("decision", "allowed")
                .put("outcome", "succeeded")
                .put("request_bytes", 1)
                .put("response_bytes", 1);
        call.putArray("caller_groups");
        call.putArray("rules");
        call.putArray("observed_rules");
        return JSON.treeToValue(call, ToolCall.class);
    }
}
