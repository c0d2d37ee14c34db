package dev.portcullis.console.signin;

import dev.portcullis.console.signin.query.AdministratorQuery;
import jakarta.servlet.http.HttpSession;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.session.HttpSessionCreatedEvent;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionIdChangedEvent;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The sessions of this process, which can be ended while their screens are open and ask for nothing.
///
/// A session ends when the account it rests on is locked, removed or changed, here at once and in other processes on
/// the same database within [#LOOK_EVERY]; and when it is [#LONGEST] old, however busy. As many are held as the server
/// has. Safe for threads.
@Component
class OpenSessions {
    static final Duration LONGEST = Duration.ofHours(12);

    private static final int LOOK_EVERY = 2_000;

    private final Map<String, HttpSession> open = new ConcurrentHashMap<>();
    private final SessionRegistry people;
    private final AdministratorQuery administrators;
    private final Clock clock;

    OpenSessions(SessionRegistry people, AdministratorQuery administrators, Clock clock) {
        this.people = people;
        this.administrators = administrators;
        this.clock = clock;
    }

    /// Ends all sessions of a person of this console.
    void end(String username) {
        ofAdministrators().stream()
                .filter(session -> administrator(session).username().equals(username))
                .forEach(this::end);
    }

    /// Ends those that rest on what is no more, and those that are too old.
    @Scheduled(fixedDelay = LOOK_EVERY, initialDelay = LOOK_EVERY)
    void endOutdated() {
        var oldest = Instant.now(clock).minus(LONGEST);
        open.forEach((id, session) -> {
            if (isOlder(session, oldest)) {
                endSession(id);
            }
        });
        var sessions = ofAdministrators();
        if (sessions.isEmpty()) {
            return;
        }
        var usernames = sessions.stream()
                .map(session -> administrator(session).username())
                .distinct()
                .toList();
        var revisions = administrators.revisions(usernames);
        sessions.stream()
                .filter(session -> !Optional.of(administrator(session).revision())
                        .equals(Optional.ofNullable(
                                revisions.get(administrator(session).username()))))
                .forEach(this::end);
    }

    @EventListener
    void created(HttpSessionCreatedEvent event) {
        open.put(event.getSession().getId(), event.getSession());
    }

    @EventListener
    void changed(HttpSessionIdChangedEvent event) {
        var session = open.remove(event.getOldSessionId());
        if (session != null) {
            open.put(event.getNewSessionId(), session);
        }
    }

    @EventListener
    void destroyed(HttpSessionDestroyedEvent event) {
        open.remove(event.getId());
    }

    private List<SessionInformation> ofAdministrators() {
        return people.getAllPrincipals().stream()
                .filter(Administrator.class::isInstance)
                .flatMap(person -> people.getAllSessions(person, false).stream())
                .filter(session -> session.getPrincipal() instanceof Administrator)
                .toList();
    }

    private static Administrator administrator(SessionInformation session) {
        return (Administrator) session.getPrincipal();
    }

    private static boolean isOlder(HttpSession session, Instant oldest) {
        try {
            return Instant.ofEpochMilli(session.getCreationTime()).isBefore(oldest);
        } catch (IllegalStateException alreadyEnded) {
            return false;
        }
    }

    private void end(SessionInformation session) {
        session.expireNow();
        endSession(session.getSessionId());
    }

    private void endSession(String id) {
        var session = open.remove(id);
        if (session != null) {
            try {
                session.invalidate();
            } catch (IllegalStateException alreadyEnded) {
                // Somebody was quicker.
            }
        }
    }
}
