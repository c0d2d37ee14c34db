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
                "[{\"result\":{\"allow\":\"true\",\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":1,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":{},\"limits\":[],\"observed\":[],\"policyVersion\":1,\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[{\"rule\":\"a\",\"restriction\":\"deny\"}],"
                        + "\"limits\":[],\"observed\":[],\"policyVersion\":1,\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":false,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"upstream\":{\"readOnly\":0},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,\"upstream\":{},\"visible\":[1]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":2,\"upstream\":{},\"visible\":[]}}]",
                "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":\"1\",\"upstream\":{},\"visible\":[]}}]"
            })
    void answerOfAnotherShapeIsNone(String answer) {
        assertThatThrownBy(() -> reader.decision(answer)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void completeAnswerIsRead() {
        assertThat(reader.decision(
                        "[{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":1,"
                                + "\"upstream\":{\"readOnly\":true,\"allowedActions\":[]},\"visible\":[\"a\"]}}]"))
                .isInstanceOf(Decision.Allow.class);
    }
}
