package dev.portcullis.proxy.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.jsonrpc.JsonRpcCodec.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class JsonRpcCodecTest {
    private static final JsonRpcCodec CODEC = new JsonRpcCodec(new StrictJson(64));

    @Test
    void requestIsRead() {
        var request = (JsonRpcMessage.Request) read("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}");
        assertThat(request.method()).isEqualTo("ping");
        assertThat(request.id()).isEqualTo(new RequestId("7"));
        assertThat(request.params().isEmpty()).isTrue();
    }

    @Test
    void hugeIntegerIdKeepsItsDigits() {
        var request = (JsonRpcMessage.Request)
                read("{\"jsonrpc\":\"2.0\",\"id\":123456789012345678901234567890,\"method\":\"ping\"}");
        assertThat(request.id().json()).isEqualTo("123456789012345678901234567890");
    }

    @Test
    void notificationAndResponseAreRead() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .isInstanceOf(JsonRpcMessage.Notification.class);
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}"))
                .isInstanceOf(JsonRpcMessage.Response.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "not json",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":{\"b\":1,\"b\":2}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"na\\u0000me\":1}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"\\ud800\":1}}",
                "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
                "{'jsonrpc':'2.0'}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",}",
                "{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"ping\"}",
                "/* c */ {}"
            })
    void whatIsNotStrictJsonIsAParseErrorWithoutId(String body) {
        var malformed = malformed(body.getBytes(StandardCharsets.UTF_8));
        assertThat(malformed.code()).isEqualTo(JsonRpcCodec.PARSE_ERROR);
        assertThat(malformed.id()).isEmpty();
    }

    @Test
    void invalidUtf8IsAParseError() {
        assertThat(malformed(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'})
                        .reason())
                .contains("UTF-8");
        assertThat(malformed("{}".getBytes(StandardCharsets.UTF_16)).code()).isEqualTo(JsonRpcCodec.PARSE_ERROR);
    }

    @Test
    void tenThousandLevelsAreAParseError() {
        var deep = "[".repeat(10_000) + "]".repeat(10_000);
        assertThat(malformed(deep.getBytes(StandardCharsets.UTF_8)).reason()).contains("deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}]",
                "[]",
                "7",
                "null",
                "\"text\"",
                "{}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\\u0000b\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"Method\":\"tools/call\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"PARAMS\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"param\u017F\":{}}"
            })
    void whatIsNotAMessageIsAnInvalidRequest(String body) {
        assertThat(malformed(body.getBytes(StandardCharsets.UTF_8)).code()).isEqualTo(JsonRpcCodec.INVALID_REQUEST);
    }

    @Test
    void idIsEchoedWhenItWasReadSafely() {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"method\":\"x\",\"params\":[]}";
        assertThat(malformed(body.getBytes(StandardCharsets.UTF_8)).id())
                .isEqualTo(Optional.of(new RequestId("\"q-1\"")));
    }

    private static JsonRpcMessage read(String body) {
        return ((Reading.Read) CODEC.read(body.getBytes(StandardCharsets.UTF_8))).message();
    }

    private static Reading.Malformed malformed(byte[] body) {
        return (Reading.Malformed) CODEC.read(body);
    }
}
