package dev.portcullis.console.policytests.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.policytests.TestResult;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// What came of one test.
///
/// @param gating whether publication waits for it
/// @param expected its `then`
/// @param got `allow`, `deny` or `undecided`
/// @param refusedBy the rules that refused
/// @param differences what was expected and what is, in lines
/// @param rules of one that failed, every rule's part in the decision
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ResultView(
        String name,
        boolean passed,
        boolean gating,
        Optional<String> notGating,
        JsonNode expected,
        String got,
        List<String> refusedBy,
        List<String> differences,
        List<TestResult.Reason> rules) {

    static ResultView of(TestResult result) {
        return new ResultView(
                result.test().name(),
                result.passed(),
                result.test().notGating().isEmpty(),
                result.test().notGating(),
                result.test().then(),
                result.decision(),
                result.refusedBy(),
                result.differences(),
                result.reasons());
    }
}
