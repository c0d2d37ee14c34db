package dev.portcullis.console.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "what turns the text around    | a\u202Eb     | a\\u{202E}b",
                "what has no width             | a\u200Bb     | a\\u{200B}b",
                "what acts on a terminal       | a\u001B[2Jb  | a\\u{1B}[2Jb",
                "what goes back in the line    | a\rb         | a\\u{D}b",
                "a space that is none          | a\u00A0b     | a\\u{A0}b",
                "a letter hidden in a tag      | a\uDB40\uDC41b | a\\u{E0041}b",
                "half of a pair                | a\uD83Db     | a\\u{D83D}b",
            })
    void whatWouldNotSimplyBeShownIsWrittenOut(String name, String text, String shown) {
        assertThat(VisibleText.line(text)).as(name).isEqualTo(shown);
        assertThat(VisibleText.lines(text)).as(name).isEqualTo(shown);
    }

    @Test
    void whatCanBeReadStaysAsItIs() {
        assertThat(VisibleText.line("Zeigt Größen, 読む, naïve – “quoted” 👍"))
                .isEqualTo("Zeigt Größen, 読む, naïve – “quoted” 👍");
    }

    @Test
    void lineBreaksStayWhereThereAreSeveralLines() {
        assertThat(VisibleText.lines("one\ntwo")).isEqualTo("one\ntwo");
        assertThat(VisibleText.line("one\ntwo")).isEqualTo("one\\u{A}two");
    }
}
