package dev.portcullis.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\"}",
                "[{\"JsonRPC\" : \"2.0\"}]",
                "{\"json\\u0072pc\":\"2.0\",\"id\":1,\"id\":1}",
                "{\"\\u004A\\u0053onrpc\":\"2.0\"}",
                "{\"j\u017fonrpc\":\"2.0\"}",
                "{\"j\\u017Fonrpc\":\"2.0\"}",
                "no JSON at all, but \"jsonrpc\""
            })
    void keyIsFoundHoweverItIsWritten(String text) {
        assertThat(JsonRpcKey.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<h1>Not found</h1>",
                "{\"jsonRpcError\":{\"code\":-32601,\"message\":\"Session ID required\"},\"stackTrace\":[]}",
                "{\"error\":\"this server speaks jsonrpc\"}"
            })
    void anythingElseIsNotTheKey(String text) {
        assertThat(JsonRpcKey.isIn(text)).isFalse();
    }
}
