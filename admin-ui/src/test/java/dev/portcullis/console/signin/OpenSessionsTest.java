package dev.portcullis.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.signin.query.AdministratorQuery;
import dev.portcullis.database.TestDatabase;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.session.HttpSessionCreatedEvent;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

class OpenSessionsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    private final List<String> ended = new ArrayList<>();

    @Test
    void sessionThatIsHalfADayOldEndsHoweverBusy() {
        try (var database = TestDatabase.create()) {
            // Given
            var sessions = new OpenSessions(
                    new SessionRegistryImpl(),
                    new AdministratorQuery(database.dataSource()),
                    Clock.fixed(NOW, ZoneOffset.UTC));
            sessions.created(new HttpSessionCreatedEvent(session("old", OpenSessions.LONGEST.plusMinutes(1))));
            sessions.created(new HttpSessionCreatedEvent(session("young", OpenSessions.LONGEST.minusMinutes(1))));

            // When
            sessions.endOutdated();

            // Then
            assertThat(ended).containsExactly("old");
        }
    }

    private HttpSession session(String id, Duration age) {
        return (HttpSession) Proxy.newProxyInstance(
                HttpSession.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getId" -> id;
                    case "getCreationTime" -> NOW.minus(age).toEpochMilli();
                    case "invalidate" -> ended.add(id) ? null : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
