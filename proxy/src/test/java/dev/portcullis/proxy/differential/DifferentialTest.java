package dev.portcullis.proxy.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.profile.Profile;
import dev.portcullis.proxy.exchange.McpReader;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.Requests.Reading;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What the gateway judges is what a forgiving server behind it would execute, or the gateway refuses.
class DifferentialTest {
    private static final int BODIES = 8_000;
    private static final long SEED = Long.getLong("portcullis.differential.seed", 20260728L);

    private final JsonRpcCodec codec = new JsonRpcCodec(new StrictJson(64));
    private final Profile profile = Profile.load("port");

    @Test
    void gatewayJudgesWhatAForgivingServerExecutes() {
        var bodies = new BodyMutations(SEED);
        var understood = new EnumMap<Era, Integer>(Era.class);
        var refused = 0;
        for (int i = 0; i < BODIES; i++) {
            var body = bodies.next();
            var reading = read(body);
            if (reading.isEmpty()) {
                refused++;
            } else {
                understood.merge(reading.get().era(), 1, Integer::sum);
                assertAgreement(body, reading.get());
            }
        }
        assertThat(understood.get(Era.LEGACY))
                .as("legacy calls that were compared")
                .isGreaterThan(BODIES / 10);
        assertThat(understood.get(Era.MODERN))
                .as("modern calls that were compared")
                .isGreaterThan(BODIES / 10);
        assertThat(refused).as("bodies that were refused").isGreaterThan(BODIES / 4);
    }

    @Test
    void bodiesAreOnesThatServersUnderstandDifferently() {
        var bodies = new BodyMutations(SEED);
        var disputed = 0;
        for (int i = 0; i < BODIES; i++) {
            var body = bodies.next();
            var executions = new HashSet<Optional<LenientServer.Execution>>();
            LenientServer.all().forEach(server -> executions.add(server.execute(body.bytes())));
            disputed += executions.size() > 1 ? 1 : 0;
        }
        assertThat(disputed).isGreaterThan(BODIES / 20);
    }

    private Optional<Reading.Understood> read(BodyMutations.Body body) {
        return codec.read(body.bytes()) instanceof JsonRpcCodec.Reading.Read read
                        && McpReader.read(read.message(), headers(body)) instanceof Reading.Understood understood
                ? Optional.of(understood)
                : Optional.empty();
    }

    private void assertAgreement(BodyMutations.Body body, Reading.Understood judged) {
        for (var server : LenientServer.all()) {
            var execution = server.execute(body.bytes());
            assertThat(execution.map(LenientServer.Execution::method))
                    .as("method, %s, of %s", server, body.text())
                    .isEqualTo(judged.message().method());
            if (judged.message() instanceof McpMessage.Request) {
                assertThat(execution.map(LenientServer.Execution::modern))
                        .as("era, %s, of %s", server, body.text())
                        .contains(judged.era() == Era.MODERN);
            }
            if (judged.message() instanceof McpMessage.ToolCall call) {
                assertSameCall(server, execution.orElseThrow(), call, body.text());
            }
        }
    }

    private void assertSameCall(
            LenientServer server, LenientServer.Execution execution, McpMessage.ToolCall judged, String text) {
        assertThat(execution.tool()).as("tool, %s, of %s", server, text).contains(judged.tool());
        assertThat(execution.arguments())
                .as("arguments, %s, of %s", server, text)
                .isEqualTo(server.arguments(judged.argumentsJson()));
        if (judged.tool().equals("run_action")) {
            var actions = profile.actionsOf(judged.tool(), judged.argumentsJson());
            execution
                    .action()
                    .ifPresent(action -> assertThat(actions.identifiers())
                            .as("action, %s, of %s", server, text)
                            .contains(action));
        }
    }

    private static HeaderFields headers(BodyMutations.Body body) {
        var fields = new ArrayList<>(List.of(new Field("content-type", "application/json")));
        if (body.modern()) {
            fields.add(new Field("MCP-Protocol-Version", "2026-07-28"));
            fields.add(new Field("Mcp-Method", body.method()));
            if (body.method().equals("tools/call")) {
                fields.add(new Field("Mcp-Name", body.name()));
            }
        }
        return new HeaderFields(fields);
    }
}
