package dev.portcullis.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.policy.Wishes;
import dev.portcullis.proxy.exchange.McpReader;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.http.MediaType;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.jsonrpc.StrictJson;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.Requests.Reading;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Any text at all in the headers that the gateway reads.
class HeadersFuzzTest {
    private static final String TOOL = "delete_ëntity";
    private static final JsonRpcMessage LEGACY = message("");
    private static final JsonRpcMessage MODERN =
            message(",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}");
    private static final Pattern JSON = Pattern.compile("\\s*application/json\\s*(;.*)?", Pattern.DOTALL);
    private static final Pattern CHARSET =
            Pattern.compile(";[\\s\"]*charset[\\s\"]*=[\\s\"]*([^;\\s\"]*)", Pattern.CASE_INSENSITIVE);

    /// The first line says which body it is, the others are the headers. What is understood has headers
    /// that agree with the body, each at most once.
    @FuzzTest
    void mirrored(byte[] input) {
        var head = FuzzedHead.of(input);
        var message = head.startLine().startsWith("m") ? MODERN : LEGACY;
        if (McpReader.read(message, head.headers()) instanceof Reading.Understood understood) {
            assertThat(understood.era()).isEqualTo(message == MODERN ? Era.MODERN : Era.LEGACY);
            assertMirrors(
                    head.headers(), "mcp-protocol-version", understood.era().versions(), understood.era());
            assertMirrors(head.headers(), "mcp-method", List.of("tools/call"), understood.era());
            assertMirrors(head.headers(), "mcp-name", List.of(TOOL), understood.era());
        }
    }

    /// A body that is taken for JSON is named JSON, once, in UTF-8.
    @FuzzTest
    void mediaType(byte[] input) {
        var value = FuzzedHead.of(input).startLine();
        var one = new HeaderFields(List.of(new Field("Content-Type", value)));
        var isJson = MediaType.of(one).filter(MediaType.JSON::equals).isPresent();
        assertThat(isJson)
                .isEqualTo(JSON.matcher(value.toLowerCase(Locale.ROOT)).matches());
        if (MediaType.isUtf8(one)) {
            assertThat(CHARSET.matcher(value)
                            .results()
                            .map(found -> found.group(1).toLowerCase(Locale.ROOT)))
                    .as("the encodings that a lenient server finds")
                    .allMatch("utf-8"::equals);
        }
        assertThat(MediaType.of(new HeaderFields(List.of(one.fields().getFirst(), new Field("content-type", "x")))))
                .as("two types are none")
                .isEmpty();
    }

    /// One more header can only restrict further, and what is allowed was named by every list.
    @FuzzTest
    void wishes(byte[] input) {
        var head = FuzzedHead.of(input);
        var readOnly = head.headers().all(Wishes.READ_ONLY_HEADER);
        var actions = head.headers().all(Wishes.ALLOWED_ACTIONS_HEADER);
        var wishes = Wishes.of(readOnly, actions);
        assertThat(wishes.readOnly()).isEqualTo(!List.of("0", "false").containsAll(readOnly));
        assertThat(wishes.allowedActions().isPresent()).isEqualTo(!actions.isEmpty());
        wishes.allowedActions()
                .ifPresent(allowed ->
                        allowed.forEach(action -> assertThat(actions).allMatch(list -> list.contains(action))));
        var more = new ArrayList<>(actions);
        more.add(head.startLine());
        var narrowed = Wishes.of(readOnly, more).allowedActions().orElseThrow();
        wishes.allowedActions().ifPresent(before -> assertThat(before).containsAll(narrowed));
    }

    private static void assertMirrors(HeaderFields headers, String name, List<String> expected, Era era) {
        var values = headers.all(name);
        assertThat(values).as(name).hasSizeBetween(era == Era.MODERN ? 1 : 0, 1);
        assertThat(values).allMatch(value -> expected.contains(decoded(value.strip())));
    }

    private static String decoded(String value) {
        return value.length() > 10 && value.startsWith("=?base64?") && value.endsWith("?=")
                ? new String(
                        Base64.getMimeDecoder().decode(value.substring(9, value.length() - 2)), StandardCharsets.UTF_8)
                : value;
    }

    private static JsonRpcMessage message(String meta) {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + TOOL + "\""
                + meta + "}}";
        return Optional.of(new JsonRpcCodec(new StrictJson(64)).read(body.getBytes(StandardCharsets.UTF_8)))
                .map(JsonRpcCodec.Reading.Read.class::cast)
                .orElseThrow()
                .message();
    }
}
