package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.REVISIONS;

import org.jooq.DSLContext;

/// How far a table has been read, so that it is read again only when it has changed. One thread.
public final class Revision {
    private static final long NONE = -1;

    private final String subject;
    private long seen = NONE;

    /// @param subject the table's name in `gateway.revisions`
    public Revision(String subject) {
        this.subject = subject;
    }

    /// Calls `read` when there is something new. What changes while it reads is read again the next
    /// time.
    ///
    /// @return whether there was
    public boolean ifChanged(DSLContext sql, Runnable read) {
        var current = sql.select(REVISIONS.REVISION)
                .from(REVISIONS)
                .where(REVISIONS.SUBJECT.eq(subject))
                .fetchOptional(REVISIONS.REVISION)
                .orElse(0L);
        if (current == seen) {
            return false;
        }
        read.run();
        seen = current;
        return true;
    }
}
