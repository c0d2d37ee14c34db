package dev.portcullis.console.callers;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.callers.query.CallerQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Shows who uses what from where. It asks tables that are rolled up while records come in, so it is as quick with ten
/// million records as with ten.
@Service
@RolesAllowed(Roles.VIEWER)
public class CallerService {
    private final CallerQuery callers;
    private final Clock clock;

    CallerService(CallerQuery callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
    }

    /// Up to `limit` callers behind `after`, the one seen last first, each with a few of the newest facts.
    public List<SeenCaller> callers(CallerFilter filter, Optional<PageCursor> after, int limit) {
        return callers.callers(filter, after, limit);
    }

    public Optional<SeenCaller> caller(UUID id) {
        return callers.caller(id);
    }

    /// Up to `limit` sessions behind `after`, the one used last first.
    public List<SeenSession> sessions(SessionFilter filter, Optional<SessionCursor> after, int limit) {
        return callers.sessions(filter, after, limit, clock.instant());
    }

    public Optional<SeenSession> session(String session) {
        return callers.session(session, clock.instant());
    }

    /// The routes that callers have used, for filters.
    public List<String> routes() {
        return callers.routes();
    }
}
