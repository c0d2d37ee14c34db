package dev.portcullis.console.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            what turns the text around | 202E
            what has no width          | 200B
            what acts on a terminal    | 1B
            what goes back in the line | D
            a space that is none       | A0
            a letter hidden in a tag   | E0041
            half of a pair             | D83D
            """)
    void whatWouldNotSimplyBeShownIsWrittenOut(String name, String codePoint) {
        var text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";

        assertThat(VisibleText.line(text)).as(name).isEqualTo("a\\u{" + codePoint + "}b");
        assertThat(VisibleText.lines(text)).as(name).isEqualTo("a\\u{" + codePoint + "}b");
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
