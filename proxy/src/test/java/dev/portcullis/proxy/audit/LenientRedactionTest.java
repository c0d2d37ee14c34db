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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Rules hide a value in every shape in which some server would find it, since a caller can choose the shape.
class LenientRedactionTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SALARY = "/properties/base_salary";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"base_salary\":70707}}",
                "{\"Properties\":{\"baseSalary\":70707}}",
                "{\"PROPERTIES\":{\"base-salary\":\"70707\"}}",
                "{\"properties\":{\"BaſeSalary\":[70707]}}",
                "{\"properties\":{\"base_salary\":1,\"BaseSalary\":70707}}"
            })
    void valueUnderALookAlikeKeyIsHidden(String json) {
        assertThat(recorded(json, Keep.NOTHING, SALARY).json())
                .contains("[redacted]")
                .doesNotContain("70707");
        assertThat(recorded(json, Keep.DIGEST, SALARY).json())
                .contains("[digest ")
                .doesNotContain("70707");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /base_*   | {"BaseSalary":70707}  | {"BaseSalary":"[redacted]"}
            /_        | {"-":7,"_":70707}     | {"-":7,"_":"[redacted]"}
            /_*       | {"a":7,"_a":70707}    | {"a":7,"_a":"[redacted]"}
            /salary   | {"salaries":7}        | {"salaries":7}
            """)
    void patternIsComparedWithoutSeparatorsWhereItHasLetters(String pointer, String json, String kept) {
        assertThat(recorded(json, Keep.NOTHING, pointer).json()).isEqualTo(kept);
    }

    @Test
    void valueInATextOfJsonIsHiddenAlone() {
        // Given
        var text = "{\"Base_Salary\": 70707, \"title\": \"engineer\"}";

        // When
        var recorded = recorded(in("properties", text), Keep.DIGEST, SALARY);

        // Then
        assertThat(recorded.json()).contains("engineer", "[digest ").doesNotContain("70707");
        assertThat(recorded.hidden())
                .containsExactly(new HiddenValue("/properties", Kind.STRING, Optional.of(DIGESTS.ofText(text))));
        assertThat(recorded.digest()).startsWith("hmac-sha256:");
    }

    @Test
    void nothingIsKeptOfATextWithAForgottenValue() {
        // When
        var recorded = recorded(in("properties", "{\"base_salary\":70707,\"n\":1}"), Keep.NOTHING, SALARY);
        var other = recorded(in("properties", "{\"base_salary\":9,\"n\":1}"), Keep.NOTHING, SALARY);

        // Then
        assertThat(recorded.json()).contains("[redacted]").doesNotContain("70707");
        assertThat(recorded.forgets()).isTrue();
        assertThat(recorded.hidden()).containsExactly(new HiddenValue("/properties", Kind.STRING, Optional.empty()));
        assertThat(recorded.digest()).isEqualTo(other.digest());
    }

    @Test
    void textOfJsonInATextOfJsonIsLookedInto() {
        // Given
        var deep = in("people", "[" + in("name", "adalovelace") + "]");

        // Then
        assertThat(recorded(in("team", deep), Keep.NOTHING, "/team/people/0/name")
                        .json())
                .contains("[redacted]")
                .doesNotContain("adalovelace");
        assertThat(recorded(in("team", deep), Keep.NOTHING, "/team/people/1/name")
                        .json())
                .contains("adalovelace");
    }

    @Test
    void textTooDeepToBeLookedIntoIsHiddenWhole() {
        // Given
        var deep = "{\"e\":70707}";
        for (var key : List.of("d", "c", "b", "a")) {
            deep = in(key, deep);
        }

        // Then
        assertThat(recorded(deep, Keep.DIGEST, "/a/b/c/d/e").json())
                .contains("[digest ")
                .doesNotContain("70707");
        assertThat(recorded(deep, Keep.NOTHING, "/a/b/c/d/e").forgets()).isTrue();
        assertThat(recorded(deep, Keep.NOTHING, "/a/b/x").json()).contains("70707");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"base_salary\":70707} and more",
                "{\"base_salary\":70707,",
                "{\"base_salary\":70707}{",
                "\u2003{\"base_salary\":70707}\u2003",
                "{} {\"base_salary\":70707}",
                "{\"bonus\":NaN,\"base_salary\":70707}",
                "{base_salary: 70707}",
                "[INFO] base_salary is 70707"
            })
    void valueIsHiddenThoughTheTextOnlyBeginsLikeJson(String text) {
        assertThat(recorded(in("properties", text), Keep.DIGEST, SALARY).json())
                .contains("[digest ")
                .doesNotContain("70707");
        assertThat(recorded(in("properties", text), Keep.NOTHING, SALARY).forgets())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"title\" : 1 }", "[]", "base_salary: 7", ""})
    void textWithoutTheValueIsKeptAsItWasWritten(String text) {
        // Given
        var json = in("properties", text);

        // When
        var recorded = recorded(json, Keep.NOTHING, SALARY);

        // Then
        assertThat(recorded.json()).isEqualTo(json);
        assertThat(recorded.hidden()).isEmpty();
    }

    @Test
    void longTextOfLargeArgumentsIsForgottenToo() {
        // Given
        var text = "{\"base_salary\":70707,\"x\":\"" + "y".repeat(70_000) + "\"}";

        // When
        var recorded = recorded(in("properties", text), Keep.NOTHING, SALARY);

        // Then
        assertThat(recorded.json()).contains("[omitted: ").doesNotContain("70707");
        assertThat(recorded.forgets()).isTrue();
        assertThat(recorded.hidden()).containsExactly(new HiddenValue("/properties", Kind.STRING, Optional.empty()));
    }

    private static String in(String key, String text) {
        return JSON.writeValueAsString(Map.of(key, text));
    }

    private static RecordedArguments recorded(String json, Keep keep, String pointer) {
        var hiding = new Hiding("r", List.of(new PointerPattern(pointer)), List.of(), keep);
        return RecordedArguments.of(json, UnaryOperator.identity(), DIGESTS, List.of(hiding));
    }
}
