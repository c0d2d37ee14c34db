package dev.portcullis.proxy.audit.journal;

import java.io.IOException;

/// Why a journal cannot be opened, in words for an operator.
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
