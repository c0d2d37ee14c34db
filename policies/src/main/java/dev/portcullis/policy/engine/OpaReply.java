package dev.portcullis.policy.engine;

import dev.portcullis.policy.engine.OpaTrouble.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;

/// Reads what an OPA server replies to a question: `{"result": …}` with status 200, or it is no answer.
/// Undefined is `{}` with status 200.
final class OpaReply {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");
    private static final int OK = 200;

    private OpaReply() {}

    static JsonNode result(HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            throw new OpaTrouble(Kind.STATUS, "status " + response.statusCode() + code(response.body()));
        }
        var reply = read(response.body());
        if (!reply.isObject()) {
            throw new OpaTrouble(Kind.MALFORMED, "its answer is no object");
        }
        var result = reply.get("result");
        if (result == null) {
            throw new OpaTrouble(Kind.UNDEFINED, "the policy is undefined; has it loaded the bundle?");
        }
        return result;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            throw new OpaTrouble(Kind.MALFORMED, "its answer is not JSON");
        }
    }

    /// OPA's own name for an error, if it is one; never its message, which may repeat what was asked.
    private static String code(byte[] body) {
        try {
            var code = JSON.readTree(body).path("code");
            return code.isString() && CODE.matcher(code.asString()).matches() ? " (" + code.asString() + ")" : "";
        } catch (JacksonException notOfOpa) {
            return "";
        }
    }
}
