package dev.portcullis.policy.scenario;

/// A scenario file is not written as one. The message says where and what was expected.
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScenarioException(String message) {
        super(message);
    }

    ScenarioException(String message, Throwable cause) {
        super(message, cause);
    }
}
