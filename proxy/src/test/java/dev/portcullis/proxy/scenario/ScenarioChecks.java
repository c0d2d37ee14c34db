package dev.portcullis.proxy.scenario;

import static dev.portcullis.proxy.scenario.Fields.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.jooq.Record;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a scenario expects: of the response, of what the upstream received, of the record.
final class ScenarioChecks {
    private static final JsonMapper JSON = new JsonMapper();

    private ScenarioChecks() {}

    static void checkResponse(Map<String, ?> then, RawMessage response) {
        assertThat(response.status()).as("status, body " + response.body()).isEqualTo(then.get("status"));
        checkHeaders(map(then.get("headers")), response);
        if (then.containsKey("body")) {
            assertThat(response.complete()).isTrue();
            assertContains(JSON.readTree(response.body()), JSON.valueToTree(then.get("body")), "body");
        }
        if (then.containsKey("text")) {
            var exchange = response.header("portcullis-exchange").orElse("none");
            assertThat(response.body().replace(exchange, "<exchange>")).isEqualTo(then.get("text"));
        }
        checkText(then, response);
        if (then.containsKey("complete")) {
            assertThat(response.complete()).isEqualTo(then.get("complete"));
        }
        assertThat(response.header("portcullis-exchange")).isPresent();
        if (then.get("body") instanceof Map<?, ?>) {
            assertThat(response.body()).as("an error never has the id null").doesNotContain("\"id\":null");
        }
    }

    /// What reached the upstream: nothing at all, one request, or several in order. The gateway answers
    /// a server's requests in its own time, so several are waited for.
    static void checkUpstream(Map<String, ?> then, ScriptedUpstream upstream) {
        if ("untouched".equals(then.get("upstream"))) {
            assertThat(upstream.received()).isEmpty();
            assertThat(upstream.bytes()).as("bytes that reached the upstream").isZero();
        } else if (then.containsKey("upstream")) {
            var expected = Fields.several(then.get("upstream"));
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(upstream.received()).hasSize(expected.size()));
            for (int i = 0; i < expected.size(); i++) {
                checkReceived(map(expected.get(i)), upstream.received().get(i));
            }
        }
    }

    private static void checkReceived(Map<String, ?> expected, RawMessage received) {
        if (expected.containsKey("start")) {
            assertThat(received.startLine()).isEqualTo(expected.get("start"));
        }
        switch (expected.get("body")) {
            case null -> {}
            case String text -> assertThat(received.body()).isEqualTo(text);
            case Object tree -> assertContains(JSON.readTree(received.body()), JSON.valueToTree(tree), "upstream");
        }
        checkText(expected, received);
        checkHeaders(map(expected.get("headers")), received);
    }

    static void checkRecord(Map<String, ?> expected, Record record) {
        for (var column : expected.entrySet()) {
            var actual = record.get(column.getKey());
            var shown = actual instanceof Object[] array ? List.of(array) : actual;
            if (column.getValue() == null) {
                assertThat(shown).as(column.getKey()).isNull();
            } else if (column.getValue() instanceof List<?> list) {
                assertThat(shown).as(column.getKey()).isEqualTo(list);
            } else {
                assertThat(String.valueOf(shown)).as(column.getKey()).isEqualTo(String.valueOf(column.getValue()));
            }
        }
    }

    private static void checkText(Map<String, ?> expected, RawMessage message) {
        for (var part : Fields.several(expected.get("contains"))) {
            assertThat(message.body()).contains((String) part);
        }
        for (var part : Fields.several(expected.get("lacks"))) {
            assertThat(message.body()).doesNotContain((String) part);
        }
    }

    private static void checkHeaders(Map<String, ?> expected, RawMessage message) {
        for (var header : expected.entrySet()) {
            var actual = message.header(header.getKey());
            switch (header.getValue()) {
                case null -> assertThat(actual).as(header.getKey()).isEmpty();
                case String value
                when value.startsWith("~") ->
                    assertThat(actual.orElse("")).as(header.getKey()).contains(value.substring(1));
                case Object value -> assertThat(actual).as(header.getKey()).contains(String.valueOf(value));
            }
        }
    }

    private static void assertContains(JsonNode actual, JsonNode expected, String path) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(property -> assertContains(
                            actual.path(property.getKey()), property.getValue(), path + "/" + property.getKey()));
        } else if (expected.isNull()) {
            assertThat(actual.isMissingNode())
                    .as(path + " is missing: " + actual)
                    .isTrue();
        } else if (expected.isString() && expected.asString().startsWith("~")) {
            assertThat(actual.asString(""))
                    .as(path)
                    .contains(expected.asString().substring(1));
        } else {
            assertThat(actual).as(path).isEqualTo(expected);
        }
    }
}
