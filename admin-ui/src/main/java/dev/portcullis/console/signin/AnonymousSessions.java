package dev.portcullis.console.signin;

import jakarta.servlet.http.HttpSession;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.session.HttpSessionCreatedEvent;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionIdChangedEvent;
import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Bounds the sessions of those who have not signed in. Whoever only asks for the first screen gets one, so anybody
/// could
/// fill the memory with them: of more than [#MOST] the oldest end. Safe for threads.
@Component
class AnonymousSessions {
    static final int MOST = 500;

    private final SessionRegistry people;

    /// The oldest first; whoever has signed in leaves it when it is full, or by a new id.
    private final Map<String, HttpSession> open = new LinkedHashMap<>();

    AnonymousSessions(SessionRegistry people) {
        this.people = people;
    }

    @EventListener
    void created(HttpSessionCreatedEvent event) {
        surplus(event.getSession()).forEach(AnonymousSessions::end);
    }

    @EventListener
    void changed(HttpSessionIdChangedEvent event) {
        forget(event.getOldSessionId());
    }

    @EventListener
    void destroyed(HttpSessionDestroyedEvent event) {
        forget(event.getId());
    }

    synchronized int size() {
        return open.size();
    }

    private synchronized void forget(String id) {
        open.remove(id);
    }

    /// Sessions are ended by the caller, outside the lock: their end is an event, too.
    private synchronized List<HttpSession> surplus(HttpSession added) {
        open.put(added.getId(), added);
        var surplus = new ArrayList<HttpSession>();
        var oldest = open.entrySet().iterator();
        while (open.size() > MOST && oldest.hasNext()) {
            var next = oldest.next();
            if (people.getSessionInformation(next.getKey()) == null) {
                surplus.add(next.getValue());
            }
            oldest.remove();
        }
        return surplus;
    }

    private static void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException alreadyEnded) {
            // Nothing is left to do.
        }
    }
}
