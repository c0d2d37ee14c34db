package dev.portcullis.console.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class QuotedTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port-eu",
                "-n",
                "two words",
                "it's",
                "$HOME",
                "`id`",
                "a\"b",
                "back\\slash",
                "a;b&c|d",
                "~",
                "*",
                "",
                "line\nend",
                "ü…"
            })
    void shellReadsAWordAsItWas(String text) throws Exception {
        assertThat(shell("printf %s " + ShellText.word(text), Map.of())).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer ", "a\"b$HOME`id`\\"})
    void shellReplacesTheVariableAndNothingElse(String before) throws Exception {
        assertThat(shell("printf %s " + ShellText.withVariable(before, "KEY"), Map.of("KEY", "pck $x")))
                .isEqualTo(before + "pck $x");
    }

    @Test
    void tomlEscapesWhatWouldEndAString() {
        assertThat(TomlText.string("a\"b\\c\nd")).isEqualTo("\"a\\\"b\\\\c\\u000Ad\"");
        assertThat(TomlText.string("https://x/ü")).isEqualTo("\"https://x/ü\"");
    }

    @Test
    void tomlKeyIsQuotedWhereItHasToBe() {
        assertThat(TomlText.key("port-eu")).isEqualTo("port-eu");
        assertThat(TomlText.key("123")).isEqualTo("123");
        assertThat(TomlText.key("a.b")).isEqualTo("\"a.b\"");
        assertThat(TomlText.key("")).isEqualTo("\"\"");
    }

    private static String shell(String command, Map<String, String> variables) throws IOException {
        var builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().putAll(variables);
        var process = builder.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
