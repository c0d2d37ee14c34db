package dev.portcullis.console.access;

import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.RepeatedEvents;
import org.springframework.stereotype.Component;

import java.util.Map;

/// Records who shows tokens that are not good: an address at once, and how often it does. The token itself is not kept:
/// it may be a secret of something else. Safe for threads.
@Component
public class FailedTokens {
    static final String NOBODY = "unknown";

    private final RepeatedEvents events;
    private final AdminTokenQuery tokens;

    public FailedTokens(RepeatedEvents events, AdminTokenQuery tokens) {
        this.events = events;
        this.tokens = tokens;
    }

    /// Notes that somebody has shown a token that is not good; when it was good once, its name is the subject.
    public void note(AdminToken token, String address) {
        var event = AdminEvent.of(NOBODY, AdminEvent.ADMIN_TOKEN_FAILED).with(Map.of("address", address));
        events.note(tokens.onceGood(token).map(event::about).orElse(event));
    }
}
