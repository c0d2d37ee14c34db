package dev.portcullis.console.toolcalls.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.toolcalls.ToolCall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class StagePathTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            unreadable request    | "decision": "none", "outcome": "refused", "refusal": "malformed" | Received
            no room, not read     | "decision": "none", "outcome": "refused", "http_method": "GET", "refusal": "not_recordable" | Received
            opened stream         | "decision": "allowed", "outcome": "succeeded", "http_method": "GET", "caller_kind": "anonymous" | Received Routed Identified Decoded Decided Forwarded Answered
            unknown route         | "decision": "none", "outcome": "refused", "route": "x", "refusal": "unknown_route" | Received
            unreadable message    | "decision": "none", "outcome": "refused", "route": "x", "caller_kind": "anonymous", "refusal": "malformed" | Received Routed Identified
            refused connection    | "decision": "denied", "outcome": "denied", "rules": ["a"]        | Received Routed Identified Decided
            denied call           | "decision": "denied", "outcome": "denied", "method": "tools/call"| Received Routed Identified Decoded Decided
            upstream away         | "decision": "allowed", "outcome": "upstream_failed", "method": "tools/call", "upstream_status": 502 | Received Routed Identified Decoded Decided Forwarded
            full journal          | "decision": "allowed", "outcome": "refused", "method": "tools/call", "refusal": "audit" | Received Routed Identified Decoded Decided
            failed tool           | "decision": "allowed", "outcome": "tool_error", "method": "tools/call" | Received Routed Identified Decoded Decided Forwarded Answered
            """)
    void pathEndsWhereTheRequestDid(String name, String record, String reached) {
        var stages = StagePath.stages(call(record));

        assertThat(stages.stream().filter(StagePath.Stage::reached).map(StagePath.Stage::name))
                .as(name)
                .containsExactly(reached.split(" "));
    }

    private static ToolCall call(String record) {
        var defaults = """
                "id": "0f0e0d0c-0b0a-4908-8706-050403020100", "occurred_at": "2026-02-03T04:05:06Z", "replica": "r1",
                "caller_groups": [], "observed_rules": [], "request_bytes": 0, "response_bytes": 0""";
        var rules = record.contains("\"rules\"") ? "" : ", \"rules\": []";
        return JSON.readValue("{" + defaults + rules + ", " + record + "}", ToolCall.class);
    }
}
