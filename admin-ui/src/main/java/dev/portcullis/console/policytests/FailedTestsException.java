package dev.portcullis.console.policytests;

import java.util.List;
import java.util.stream.Collectors;

/// A policy decides otherwise than its regression tests say. Nothing was published.
public final class FailedTestsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NAMED = 20;

    private final transient List<TestResult> failed;

    /// @param failed those that publication waits for
    FailedTestsException(List<TestResult> failed) {
        super((failed.size() == 1 ? "A regression test fails: " : failed.size() + " regression tests fail: ")
                + failed.stream().limit(NAMED).map(TestResult::describe).collect(Collectors.joining(". "))
                + (failed.size() > NAMED ? " …" : ""));
        this.failed = List.copyOf(failed);
    }

    public List<TestResult> failed() {
        return failed;
    }
}
