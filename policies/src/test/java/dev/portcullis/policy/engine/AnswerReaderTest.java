package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is not plainly an answer is none: it must never become an allow.
class AnswerReaderTest {
    private final AnswerReader reader = new AnswerReader(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "[{}]",
                "[{\"result\":true}]",
                "[{\"result\":{\"allow\":true}}]",
                "[{\"result\":{\"allow\":\"true\",\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"redact\":[],\"results\":[],\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":1,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"redact\":[],\"results\":[],\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":{},\"limits\":[],\"observed\":[],\"policyVersion\":1,\"redact\":[],\"results\":[],\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[{\"rule\":\"a\",\"restriction\":\"deny\"}],"
                        + "\"limits\":[],\"observed\":[],\"policyVersion\":1,\"redact\":[],\"results\":[],\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":false,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"redact\":[],\"results\":[],\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"redact\":[],\"results\":[],\"upstream\":{\"readOnly\":0},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"redact\":[],\"results\":[],\"upstream\":{},\"visible\":[1]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":2,\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":\"1\",\"upstream\":{},\"visible\":[]}}]"
            })
    void answerOfAnotherShapeIsNone(String answer) {
        assertThatThrownBy(() -> reader.decision(answer)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"results\":[]",
                "\"redact\":[]",
                "\"redact\":{},\"results\":[]",
                "\"redact\":[{}],\"results\":[]",
                "\"redact\":[{\"rule\":\"a\",\"arguments\":[\"x\"],\"results\":[],\"keep\":\"digest\"}],\"results\":[]",
                "\"redact\":[{\"rule\":\"a\",\"arguments\":[\"/x\"],\"results\":[],\"keep\":\"all\"}],\"results\":[]",
                "\"redact\":[{\"rule\":\"a\",\"arguments\":[\"/x\"],\"keep\":\"digest\"}],\"results\":[]",
                "\"redact\":[],\"results\":[{\"rule\":\"a\"}]",
                "\"redact\":[],\"results\":[{\"rule\":\"a\",\"maxBytes\":0}]"
            })
    void answerThatDoesNotSayWhatToKeepIsNone(String about) {
        assertThatThrownBy(() -> reader.decision(answer(about))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void ofSeveralSizesTheSmallestIsKept() {
        // When
        var decision = reader.decision(
                answer("\"redact\":[],\"results\":[{\"rule\":\"a\",\"maxBytes\":9},{\"rule\":\"b\",\"maxBytes\":7}]"));

        // Then
        assertThat(((Decision.Allow) decision).obligations().keeping().resultBytes())
                .hasValue(7);
    }

    private static String answer(String aboutRecords) {
        return "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,"
                + aboutRecords + ",\"upstream\":{},\"visible\":[]}}]";
    }

    @Test
    void completeAnswerIsRead() {
        assertThat(reader.decision(
                        "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"redact\":[],\"results\":[],"
                                + "\"upstream\":{\"readOnly\":true,\"allowedActions\":[]},\"visible\":[\"a\"]}}]"))
                .isInstanceOf(Decision.Allow.class);
    }
}
