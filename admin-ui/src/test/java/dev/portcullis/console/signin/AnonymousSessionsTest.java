package dev.portcullis.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.session.HttpSessionCreatedEvent;
import org.springframework.security.web.session.HttpSessionIdChangedEvent;

import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

class AnonymousSessionsTest {
    private final List<String> ended = new ArrayList<>();
    private final SessionRegistryImpl people = new SessionRegistryImpl();
    private final AnonymousSessions sessions = new AnonymousSessions(people);

    @Test
    void oldestEndsWhenThereAreTooMany() {
        // When
        create("a", AnonymousSessions.MOST + 1);

        // Then
        assertThat(ended).containsExactly("a0");
        assertThat(sessions.size()).isEqualTo(AnonymousSessions.MOST);
    }

    @Test
    void whoeverHasSignedInStays() {
        // Given
        create("a", 3);
        people.registerNewSession("a0", "ada");
        sessions.changed(new HttpSessionIdChangedEvent(session("bob"), "a1"));

        // When
        create("b", AnonymousSessions.MOST);

        // Then
        assertThat(ended).containsExactly("a2");
    }

    @Test
    void visitorsWhoNeverSignInDoNotFillTheMemory() {
        // Given
        var console = RunningConsole.shared();
        var ada = new Visitor(console);
        ada.signIn("admin", console.firstPassword());

        // When
        for (var i = 0; i < AnonymousSessions.MOST + 10; i++) {
            var answer = console.send(
                    HttpRequest.newBuilder(console.uri("/tool-calls")).header("Accept", "text/html"));
            assertThat(answer.headers().firstValue("set-cookie")).isPresent();
        }

        // Then
        assertThat(console.parts().getBean(AnonymousSessions.class).size()).isLessThanOrEqualTo(AnonymousSessions.MOST);
        assertThat(ada.isIn()).isTrue();
    }

    private void create(String prefix, int times) {
        for (var i = 0; i < times; i++) {
            sessions.created(new HttpSessionCreatedEvent(session(prefix + i)));
        }
    }

    private HttpSession session(String id) {
        return (HttpSession) Proxy.newProxyInstance(
                HttpSession.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getId" -> id;
                    case "invalidate" -> ended.add(id) ? null : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
