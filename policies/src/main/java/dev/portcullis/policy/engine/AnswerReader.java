package dev.portcullis.policy.engine;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.Decision.LimitClaim;
import dev.portcullis.policy.Decision.Obligations;
import dev.portcullis.policy.Explanation;
import dev.portcullis.policy.Keeping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads what an engine answers. Whatever does not have exactly the expected shape is no answer.
final class AnswerReader {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final long version;

    AnswerReader(long version) {
        this.version = version;
    }

    Decision decision(String resultSet) {
        return decision(result(resultSet));
    }

    Explanation explanation(String resultSet) {
        return explanation(result(resultSet));
    }

    /// @param result what stands at the entry point
    Explanation explanation(JsonNode result) {
        return new Explanation(
                decision(child(result, "decision")), list(child(result, "rules"), AnswerReader::rulePart));
    }

    /// What `portcullis/organization/answer` says.
    static OwnAnswer own(String resultSet) {
        var result = result(resultSet);
        return new OwnAnswer(
                list(child(result, "denials"), AnswerReader::denial),
                new HashSet<>(list(child(result, "hidden"), AnswerReader::text)));
    }

    private static JsonNode result(String resultSet) {
        var results = JSON.readTree(resultSet);
        if (!results.isArray() || results.size() != 1) {
            throw new NoAnswer("the policy's answer is undefined");
        }
        return child(results.get(0), "result");
    }

    /// @param answer what stands at the entry point
    Decision decision(JsonNode answer) {
        if (version(answer) != version) {
            throw new OtherVersion(version(answer), version);
        }
        var denials = list(child(answer, "denials"), AnswerReader::denial);
        var observed = list(child(answer, "observed"), AnswerReader::denial);
        if (flag(answer, "allow")) {
            if (!denials.isEmpty()) {
                throw new NoAnswer("the policy allows and denies at once");
            }
            return new Decision.Allow(
                    version,
                    obligations(
                            child(answer, "upstream"),
                            list(child(answer, "limits"), AnswerReader::limit),
                            KeepingAnswer.read(answer)),
                    new HashSet<>(list(child(answer, "visible"), AnswerReader::text)),
                    observed);
        }
        if (denials.isEmpty()) {
            throw new NoAnswer("the policy does not allow and names no reason: it does not know the route");
        }
        return new Decision.Deny(version, denials, observed, Optional.of(KeepingAnswer.read(answer)));
    }

    /// The version of the policy that an answer comes from.
    static long version(JsonNode answer) {
        var said = child(answer, "policyVersion");
        if (!said.isIntegralNumber() || !said.canConvertToLong()) {
            throw new NoAnswer("the policy's answer names no version");
        }
        return said.longValue();
    }

    private static Obligations obligations(JsonNode upstream, List<LimitClaim> limits, Keeping keeping) {
        return new Obligations(
                optional(upstream, "readOnly").map(AnswerReader::flag),
                optional(upstream, "allowedActions").map(actions -> list(actions, AnswerReader::text)),
                limits,
                keeping);
    }

    private static LimitClaim limit(JsonNode node) {
        var denial = denial(child(node, "denial"));
        return new LimitClaim(denial.rule(), text(child(node, "mode")), denial.message());
    }

    private static Denial denial(JsonNode node) {
        return new Denial(
                text(child(node, "rule")),
                text(child(node, "restriction")),
                optional(node, "message").map(AnswerReader::text),
                optional(node, "inDoubt").map(AnswerReader::flag).orElse(false));
    }

    private static Explanation.RulePart rulePart(JsonNode node) {
        return new Explanation.RulePart(
                text(child(node, "rule")),
                text(child(node, "restriction")),
                text(child(node, "mode")),
                flag(node, "asked"),
                list(child(node, "unmatched"), AnswerReader::text),
                flag(node, "excepted"),
                flag(node, "refuses"),
                list(child(node, "because"), AnswerReader::text));
    }

    private static Optional<JsonNode> optional(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key));
    }

    static JsonNode child(JsonNode node, String key) {
        return optional(node, key).orElseThrow(() -> new NoAnswer("the policy's answer has no " + key));
    }

    private static boolean flag(JsonNode node, String key) {
        return flag(child(node, key));
    }

    private static boolean flag(JsonNode node) {
        if (!node.isBoolean()) {
            throw new NoAnswer("the policy's answer has a " + node.getNodeType() + " for a flag");
        }
        return node.booleanValue();
    }

    static String text(JsonNode node) {
        if (!node.isString()) {
            throw new NoAnswer("the policy's answer has a " + node.getNodeType() + " for a text");
        }
        return node.stringValue();
    }

    static <T> List<T> list(JsonNode node, Function<JsonNode, T> item) {
        if (!node.isArray()) {
            throw new NoAnswer("the policy's answer has a " + node.getNodeType() + " for a list");
        }
        return node.valueStream().map(item).toList();
    }
}
