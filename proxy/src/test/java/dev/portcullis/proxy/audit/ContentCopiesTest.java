package dev.portcullis.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Keeping.Hiding;
import dev.portcullis.policy.Keeping.Keep;
import dev.portcullis.policy.PointerPattern;
import dev.portcullis.policy.ValueDigests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What rules hide of structured content, servers repeat as a text.
class ContentCopiesTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /structuredContent/iban            | {"iban":"DE02","name":"ada"}           | {"iban":"DE02","name":"ada"}
            /structuredContent/iban            | {"iban":"DE02","name":"ada"}           | {"name":"ada","IBAN":"DE02"}
            /*/iban                            | {"iban":"DE02","name":"ada"}           | {"iban":"DE02","name":"ada"}
            /structured_content/iban           | {"iban":"DE02","name":"ada"}           | {"iban":"DE02","name":"ada"}
            /structuredContent/people/*/iban   | {"people":[{"iban":"DE02"}],"n":"ada"} | {"people":[{"iban":"DE02"}],"n":"ada"}
            /structuredContent/result/*/iban   | {"result":[{"iban":"DE02"}],"n":"ada"} | {"iban":"DE02","name":"ada"}
            /structuredContent/result/*/iban   | {"result":[{"iban":"DE02"}],"n":"ada"} | [{"iban":"DE02","name":"ada"}]
            """)
    void valueIsHiddenInTextsOfJsonToo(String pointer, String structured, String text) {
        for (var keep : Keep.values()) {
            var recorded = recorded(result(structured, text), pointer, keep);
            assertThat(recorded).doesNotContain("DE02");
            assertThat(recorded.split("ada", -1)).as("what no rule hides").hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /structuredContent          | {"iban":"DE02"}     | {"iban":"DE02"}
            /structuredContent          | {"iban":"DE02"}     | It is DE02.
            /structuredContent/result   | {"result":"DE02"}   | DE02
            /structuredContent/result/* | {"result":["DE02"]} | DE02
            /structuredContent/result/0 | {"result":["DE02"]} | DE02
            /structuredContent/iban     | {"iban":"DE02"}     | [iban] DE02
            """)
    void textIsHiddenWhereAllOfItMayBeTheValue(String pointer, String structured, String text) {
        assertThat(recorded(result(structured, text), pointer, Keep.NOTHING)).doesNotContain("DE02");
    }

    @Test
    void valueIsHiddenInTextsOfEmbeddedResources() {
        // Given
        var result = JSON.writeValueAsString(
                Map.of("content", List.of(Map.of("resource", Map.of("uri", "a:b", "text", "{\"iban\":\"DE02\"}")))));

        // Then
        assertThat(recorded(result, "/structuredContent/iban", Keep.NOTHING))
                .contains("a:b", "iban")
                .doesNotContain("DE02");
    }

    @Test
    void otherPlacesHaveNoCopies() {
        // Given
        var result = result("{\"iban\":\"DE02\"}", "{\"iban\":\"DE02\"}");

        // Then
        assertThat(recorded(result, "/_meta/iban", Keep.NOTHING)).isEqualTo(result);
        assertThat(recorded(result, "/content/*/text/iban", Keep.NOTHING).split("DE02", -1))
                .as("named by itself, a text is looked into, and what is structured is kept")
                .hasSize(2);
    }

    private static String result(String structured, String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":%s}],\"structuredContent\":%s}"
                .formatted(JSON.writeValueAsString(text), structured);
    }

    private static String recorded(String result, String pointer, Keep keep) {
        var hiding = new Hiding("r", List.of(), List.of(new PointerPattern(pointer)), keep);
        return RecordedResult.of(result, UnaryOperator.identity(), DIGESTS, List.of(hiding), 4_096);
    }
}
