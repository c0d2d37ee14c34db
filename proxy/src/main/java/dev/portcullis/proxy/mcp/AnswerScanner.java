package dev.portcullis.proxy.mcp;

import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/// Reads along while a JSON answer passes that is too large to hold, and says how the call ended, and
/// whether the answer holds anything that must be judged as a whole. Keeps no part of it.
///
/// The outcome of a call stands in the body: a failed tool is HTTP 200. One instance for one answer;
/// not thread-safe.
public final class AnswerScanner {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Set<String> JUDGED = Set.of(
            "tools",
            "prompts",
            "resources",
            "resourcetemplates",
            "capabilities",
            "inputrequests",
            "requeststate",
            "task",
            "taskid",
            "cachescope",
            "ttlms");

    private final JsonParser parser = FACTORY.createNonBlockingByteArrayParser(ObjectReadContext.empty());
    private int depth;
    private String topKey = "";
    private String resultKey = "";
    private boolean hasResult;
    private boolean hasError;
    private boolean toolFailed;
    private boolean inputRequired;
    private boolean mustBeJudged;
    private boolean complete;
    private boolean broken;

    /// Reads on.
    public void feed(byte[] bytes) {
        if (broken || bytes.length == 0) {
            return;
        }
        try {
            ((ByteArrayFeeder) parser.nonBlockingInputFeeder()).feedInput(bytes, 0, bytes.length);
            for (var token = parser.nextToken(); token != JsonToken.NOT_AVAILABLE; token = parser.nextToken()) {
                if (token == null) {
                    return;
                }
                accept(token);
            }
        } catch (JacksonException | UncheckedIOException e) {
            broken = true;
        }
    }

    /// Whether what was read so far is one whole JSON object.
    public boolean isComplete() {
        return complete && !broken;
    }

    /// Whether what was read so far cannot be the beginning of one JSON object.
    public boolean isBroken() {
        return broken;
    }

    /// Whether something was seen that may pass only after it was judged.
    public boolean mustBeJudged() {
        return mustBeJudged;
    }

    /// How the call ended; empty when this was no whole JSON-RPC response.
    public Optional<Answered> answered() {
        if (!isComplete() || hasResult == hasError) {
            return Optional.empty();
        }
        if (hasError) {
            return Optional.of(Answered.PROTOCOL_ERROR);
        }
        return Optional.of(
                inputRequired ? Answered.INPUT_REQUIRED : toolFailed ? Answered.TOOL_ERROR : Answered.RESULT);
    }

    private void accept(JsonToken token) {
        if (complete) {
            broken = true;
            return;
        }
        if (token == JsonToken.PROPERTY_NAME) {
            property(parser.currentName());
            return;
        }
        if (depth == 2 && topKey.equals("result")) {
            resultValue(token);
        }
        if (token.isStructStart()) {
            depth++;
        } else if (token.isStructEnd()) {
            depth--;
        }
        if (depth == 0) {
            complete = token == JsonToken.END_OBJECT;
            broken = !complete;
        }
    }

    private void property(String name) {
        if (depth == 1) {
            topKey = name;
            hasResult |= name.equals("result");
            hasError |= name.equals("error");
            mustBeJudged |= JsonRpcCodec.fold(name).equals("method");
        } else if (depth == 2) {
            resultKey = name;
            mustBeJudged |= topKey.equals("error")
                    ? JsonRpcCodec.fold(name).equals("data")
                    : JUDGED.contains(JsonRpcCodec.fold(name));
        }
    }

    private void resultValue(JsonToken token) {
        if (resultKey.equals("isError")) {
            toolFailed |= token == JsonToken.VALUE_TRUE;
        } else if (resultKey.equals("resultType") && token == JsonToken.VALUE_STRING) {
            inputRequired |= parser.getString().equals("input_required");
        }
    }
}
