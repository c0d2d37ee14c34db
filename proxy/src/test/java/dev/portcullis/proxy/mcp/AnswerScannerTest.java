package dev.portcullis.proxy.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class AnswerScannerTest {

    @Test
    void outcomeIsReadFromTheBody() {
        assertThat(scan("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[],\"isError\":false}}"))
                .contains(Answered.RESULT);
        assertThat(scan("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[],\"isError\":true}}"))
                .contains(Answered.TOOL_ERROR);
        assertThat(scan("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"\"}}"))
                .contains(Answered.PROTOCOL_ERROR);
        assertThat(scan("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"input_required\"}}"))
                .contains(Answered.INPUT_REQUIRED);
    }

    @Test
    void isErrorElsewhereDoesNotCount() {
        assertThat(
                        scan(
                                "{\"id\":1,\"result\":{\"structuredContent\":{\"isError\":true}},\"_meta\":{\"isError\":true}}"))
                .contains(Answered.RESULT);
    }

    @Test
    void whatIsNotOneWholeResponseHasNoOutcome() {
        assertThat(scan("<html>")).isEmpty();
        assertThat(scan("{\"id\":1,\"result\":{")).isEmpty();
        assertThat(scan("{\"id\":1,\"result\":{}} {}")).isEmpty();
        assertThat(scan("[{\"result\":{}}]")).isEmpty();
        assertThat(scan("{\"id\":1,\"result\":{},\"error\":{}}")).isEmpty();
        assertThat(scan("")).isEmpty();
    }

    private static Optional<Answered> scan(String text) {
        var scanner = new AnswerScanner();
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            scanner.feed(new byte[] {b});
        }
        return scanner.answered();
    }
}
