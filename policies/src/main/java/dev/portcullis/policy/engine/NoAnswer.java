package dev.portcullis.policy.engine;

/// The policy could not be asked, or its answer is none. Expected trouble: it becomes an undecided
/// decision, and nobody needs its stack.
class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAnswer(String message) {
        super(message, null, false, false);
    }
}
