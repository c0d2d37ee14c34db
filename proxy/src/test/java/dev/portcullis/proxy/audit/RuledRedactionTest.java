package dev.portcullis.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.HiddenValue.Kind;
import dev.portcullis.policy.Keeping.Hiding;
import dev.portcullis.policy.Keeping.Keep;
import dev.portcullis.policy.PointerPattern;
import dev.portcullis.policy.ValueDigests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// What rules hide.
class RuledRedactionTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /a          | {"a":1,"b":{"a":2}}              | {"a":"[redacted]","b":{"a":2}}
            /b/a        | {"a":1,"b":{"a":2}}              | {"a":1,"b":{"a":"[redacted]"}}
            /b          | {"b":{"a":[2,{}]},"c":3}         | {"b":"[redacted]","c":3}
            /*/a        | {"a":1,"b":{"a":2},"c":[{"a":3}]} | {"a":1,"b":{"a":"[redacted]"},"c":[{"a":3}]}
            /c/*/a      | {"c":[{"a":3,"b":4},{"a":5}]}    | {"c":[{"a":"[redacted]","b":4},{"a":"[redacted]"}]}
            /c/1        | {"c":[3,4]}                      | {"c":[3,"[redacted]"]}
            /a*         | {"ab":1,"b":2}                   | {"ab":"[redacted]","b":2}
            /c/1/a      | {"c":[{"a":3},{"a":5},[{"a":6}]]} | {"c":[{"a":3},{"a":"[redacted]"},[{"a":6}]]}
            /A          | {"b":{"a":1}}                    | {"b":{"a":1}}
            /x~1y       | {"x/y":1}                        | {"x/y":"[redacted]"}
            /           | {"":1,"a":2}                     | {"":"[redacted]","a":2}
            /a          | {"a":true,"b":null}              | {"a":"[redacted]","b":null}
            /a/b        | {"a":1}                          | {"a":1}
            /password   | {"password":"x"}                 | {"password":"[redacted]"}
            """)
    void whatAPointerNamesIsForgotten(String pointer, String json, String kept) {
        // When
        var recorded = recorded(json, hiding(Keep.NOTHING, pointer));

        // Then
        assertThat(recorded.json()).isEqualTo(kept);
        assertThat(recorded.hidden()).allMatch(value -> value.digest().isEmpty());
        assertThat(recorded.forgets()).isEqualTo(!json.equals(kept));
    }

    @Test
    void nameThatARuleHidesStillTellsThatTheValueBesideItIsASecret() {
        assertThat(recorded("[{\"name\":\"pwd\",\"value\":\"x\"}]", hiding(Keep.DIGEST, "/*/name"))
                        .json())
                .contains("\"name\":\"[digest ", "\"value\":\"[redacted]\"");
        assertThat(recorded("[{\"value\":\"x\",\"name\":\"pwd\"}]", hiding(Keep.NOTHING, "/*/name"))
                        .json())
                .isEqualTo("[{\"value\":\"[redacted]\",\"name\":\"[redacted]\"}]");
    }

    @Test
    void digestTellsEqualValuesAndNothingElse() {
        // When
        var one = recorded("{\"a\":\"x\",\"b\":{\"k\":1,\"j\":2}}", hiding(Keep.DIGEST, "/a", "/b"));
        var same = recorded("{\"b\":{\"j\":2,\"k\":1},\"a\":\"x\"}", hiding(Keep.DIGEST, "/a", "/b"));
        var other = recorded("{\"a\":\"y\",\"b\":{}}", hiding(Keep.DIGEST, "/a", "/b"));

        // Then
        assertThat(one.json()).contains("{\"a\":\"[digest ").doesNotContain("\"x\"", "\"k\"");
        assertThat(one.hidden())
                .containsExactly(
                        new HiddenValue("/a", Kind.STRING, java.util.Optional.of(DIGESTS.ofText("x"))),
                        new HiddenValue("/b", Kind.OBJECT, java.util.Optional.empty()));
        assertThat(same.json()
                        .substring(
                                same.json().lastIndexOf("[digest"), same.json().length() - 2))
                .isEqualTo("[digest " + DIGESTS.ofText("x") + "]");
        assertThat(same.digest()).isEqualTo(one.digest()).startsWith("hmac-sha256:");
        assertThat(other.digest()).isNotEqualTo(one.digest());
    }

    @Test
    void nothingWinsOverDigest() {
        assertThat(recorded("{\"a\":1}", hiding(Keep.DIGEST, "/a"), hiding(Keep.NOTHING, "/*"))
                        .json())
                .isEqualTo("{\"a\":\"[redacted]\"}");
    }

    @Test
    void nothingWinsOverDigestOfWhatIsAroundIt() {
        // When
        var ruled = recorded("{\"a\":{\"b\":1}}", hiding(Keep.DIGEST, "/a"), hiding(Keep.NOTHING, "/a/b"));
        var secret = recorded("{\"password\":{\"b\":1}}", hiding(Keep.NOTHING, "/password/b"));

        // Then
        assertThat(ruled.json()).isEqualTo("{\"a\":\"[redacted]\"}");
        assertThat(ruled.forgets()).isTrue();
        assertThat(secret.json()).isEqualTo("{\"password\":\"[redacted]\"}");
        assertThat(secret.forgets()).isTrue();
    }

    @Test
    void digestOfArgumentsDoesNotDependOnWhatIsForgotten() {
        var forgets = hiding(Keep.NOTHING, "/a");
        assertThat(recorded("{\"a\":1,\"b\":2}", forgets).digest())
                .isEqualTo(recorded("{\"a\":9,\"b\":2}", forgets).digest())
                .isNotEqualTo(recorded("{\"a\":1,\"b\":3}", forgets).digest());
    }

    @Test
    void digestOfArgumentsWithASecretCannotBeGuessedWithoutTheKey() {
        assertThat(recorded("{\"password\":\"hunter2\"}").digest()).startsWith("hmac-sha256:");
        assertThat(recorded("{\"name\":\"x\"}").digest()).isEqualTo(RecordedArguments.digestOf("{\"name\":\"x\"}"));
    }

    @Test
    void argumentsThatAreTooLargeForgetTheirHiddenValuesToo() {
        // Given
        var json = "{\"list\":[" + "1,".repeat(50_000) + "1],\"a\":\"x\"}";

        // When
        var recorded = recorded(json, hiding(Keep.NOTHING, "/a"));

        // Then
        assertThat(recorded.json()).contains("omitted");
        assertThat(recorded.forgets()).isTrue();
        assertThat(recorded.hidden()).containsExactly(HiddenValue.EVERYTHING);
    }

    @Test
    void resultHasRulesAndABoundOfItsOwn() {
        // Given
        var hiding =
                new Hiding("r", List.of(new PointerPattern("/n")), List.of(new PointerPattern("/a")), Keep.NOTHING);
        var result = "{\"a\":1,\"n\":2,\"password\":\"x\",\"text\":\"" + "y".repeat(900) + "\"}";

        // Then
        assertThat(result(result, hiding, 2_000))
                .startsWith("{\"a\":\"[redacted]\",\"n\":2,\"password\":\"[redacted]\",\"text\":\"yyy");
        assertThat(result(result, hiding, 200)).endsWith("\"text\":\"[omitted: 900 characters]\"}");
        assertThat(result(result, hiding, 20)).startsWith("{\"dev.portcullis/omitted\":");
    }

    private static String result(String json, Hiding hiding, int mostBytes) {
        return RecordedResult.of(json, UnaryOperator.identity(), DIGESTS, List.of(hiding), mostBytes);
    }

    private static RecordedArguments recorded(String json, Hiding... hidings) {
        return RecordedArguments.of(json, UnaryOperator.identity(), DIGESTS, List.of(hidings));
    }

    private static Hiding hiding(Keep keep, String... pointers) {
        return new Hiding("r", Arrays.stream(pointers).map(PointerPattern::new).toList(), List.of(), keep);
    }
}
