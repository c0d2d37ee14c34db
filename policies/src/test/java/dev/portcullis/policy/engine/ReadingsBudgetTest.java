package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Question;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// How much of what a request could mean is looked at.
class ReadingsBudgetTest {
    /// Few characters that can be read in dozens of ways.
    private static final String ENCODED = " %2525&amp;amp;#x3a;\\\\u003a";

    @Test
    void onlyAFewTextsInManyEncodingsAreReadInAllWays() {
        assertThat(ReachedDomains.inArguments(argument(texts(1))).certain()).isTrue();
        assertThat(ReachedDomains.inArguments(argument(texts(5_000))).doubts())
                .first()
                .asString()
                .startsWith("a text that is encoded too often");
    }

    @Test
    void manyTextsThatAreEncodedOnceAreReadInAllWays() {
        var texts = IntStream.range(0, 5_000)
                .mapToObj(i -> i + " https%3A%2F%2Fx.org &amp; \\u0041")
                .toList();

        var reached = ReachedDomains.inArguments(argument(texts));

        assertThat(reached.certain()).isTrue();
        assertThat(reached.domains()).hasSize(1);
    }

    @Test
    void theEntriesOfAListAreReadAtTheCostOfOneRequest() {
        // Given a rule of domains
        var writer = new InputWriter(Inputs.document("rules: [{id: a, blockedDomains: [x.org]}]"));
        var uris = texts(5_000).stream().map(text -> "note:" + text).toList();

        // When a server lists resources whose URIs can be read in many ways
        var input = new String(writer.write(Inputs.ask(new Question.ResourceList(uris))), StandardCharsets.UTF_8);

        // Then the first are known, and the last are in doubt
        var resources = JsonMapper.shared().readTree(input).path("resources");
        assertThat(resources.get(0).path("domainsCertain").asBoolean()).isTrue();
        assertThat(resources.get(4_999).path("domainsCertain").asBoolean()).isFalse();
    }

    private static List<String> texts(int number) {
        return IntStream.range(0, number).mapToObj(i -> i + ENCODED).toList();
    }

    private static String argument(List<String> texts) {
        return JsonMapper.shared().writeValueAsString(texts);
    }
}
