package dev.portcullis.sandbox.catalogue;

/// A call that cannot be done, with a message that tells the model what to do instead.
///
/// It ends the whole call, from however deep, and becomes a result with `isError: true`; it is never
/// the sandbox's own fault, so it carries no stack trace.
public final class ToolFailure extends RuntimeException {

    public ToolFailure(String message) {
        super(message, null, false, false);
    }
}
