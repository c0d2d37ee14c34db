package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that try to make the reader slow, or make it throw.
@Timeout(10)
class HostileTextTest {

    @Test
    void explodingAliasesAreUnreadable() {
        // Given
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }

        // When
        var result = DocumentReader.read(bomb.toString());

        // Then
        assertThat(unreadable(result).expected()).contains("aliases expanded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "[{a: "})
    void tenThousandLevelsAreUnreadable(String level) {
        // When
        var result = DocumentReader.read(level.repeat(10_000));

        // Then
        assertThat(unreadable(result).expected()).contains("32 levels");
    }

    @Test
    void aliasOfItselfIsUnreadable() {
        // When
        var result = DocumentReader.read("a: &a [*a]\n");

        // Then
        unreadable(result);
    }

    @Test
    @Tag("slow")
    void hundredThousandRulesAreTooMany() {
        // Given
        var text = new StringBuilder("apiVersion: portcullis/v1\norganization: acme\nrules:\n");
        for (var i = 0; i < 100_000; i++) {
            text.append("- {id: r").append(i).append(", deny: true}\n");
        }

        // When
        var result = DocumentReader.read(text.toString());

        // Then
        assertThat(((ReadResult.Invalid) result).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.expected()).isEqualTo("at most 10000 rules"));
    }

    @Test
    @Tag("slow")
    @Timeout(20)
    void fiveThousandRulesAreComparedInTime() {
        // Given
        var text = new StringBuilder("apiVersion: portcullis/v1\norganization: acme\nrules:\n");
        for (var i = 0; i < 5_000; i++) {
            text.append(
                    "- {id: r%d, match: {groups: [g%d], tools: ['*_%d']}, deny: true}\n".formatted(i, i % 50, i / 50));
        }

        // When
        var result = DocumentReader.read(text.toString());

        // Then
        assertThat(result)
                .isInstanceOfSatisfying(
                        ReadResult.Valid.class,
                        valid -> assertThat(valid.document().rules()).hasSize(5_000));
    }

    @Test
    void tooLongTextIsUnreadable() {
        // When
        var result = DocumentReader.read("#" + "x".repeat(9_000_000));

        // Then
        assertThat(unreadable(result).expected()).contains("characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "a: [",
                "a: b: c",
                "a: *b",
                "%YAML 9",
                "\t\u0000",
                "a: 1\n---\nb: 2",
                "\"",
                "{\"a\": tru"
            })
    void whatIsNotOneDocumentIsInvalidAndNeverThrows(String text) {
        // When
        var result = DocumentReader.read(text);

        // Then
        assertThat(result).isInstanceOf(ReadResult.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "text", "null", "{}", "? [a, b]\n: c", "1: 2", "<<: {a: b}"})
    void wellFormedTextThatIsNoPolicyIsReadableAndInvalid(String text) {
        // When
        var result = DocumentReader.read(text);

        // Then
        assertThat(result)
                .isInstanceOfSatisfying(
                        ReadResult.Invalid.class,
                        invalid -> assertThat(invalid.readable()).isTrue());
    }

    @Test
    void harmlessAliasesAreRead() {
        // Given
        var text = """
                apiVersion: portcullis/v1
                organization: acme
                rules:
                  - {id: a, allowedNetworks: &office [10.0.0.0/8]}
                  - {id: b, match: {networks: *office}, readOnly: true}
                """;

        // When
        var result = DocumentReader.read(text);

        // Then
        assertThat(result).isInstanceOf(ReadResult.Valid.class);
    }

    private static DocumentProblem unreadable(ReadResult result) {
        assertThat(result).isInstanceOf(ReadResult.Invalid.class);
        var invalid = (ReadResult.Invalid) result;
        assertThat(invalid.readable()).isFalse();
        return invalid.errors().getFirst();
    }
}
