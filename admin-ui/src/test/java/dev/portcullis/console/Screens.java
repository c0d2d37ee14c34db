package dev.portcullis.console;

import com.vaadin.browserless.BrowserlessUserContext;
import com.vaadin.browserless.SecuredBrowserlessApplicationContext;
import com.vaadin.browserless.SpringBrowserlessApplicationContext;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.signin.Administrator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The screens of a running console as people see them, without a browser: with its own parts, services, roles and
/// database, and each person with a session of their own.
///
/// As a field with `@RegisterExtension` it lets everybody leave after each test.
public final class Screens implements AfterEachCallback, AutoCloseable {
    private final SecuredBrowserlessApplicationContext<Authentication> application;
    private final SecurityContextHolderStrategy contexts;
    private final Deque<BrowserlessUserContext> people = new ArrayDeque<>();

    public Screens(RunningConsole console) {
        application = SpringBrowserlessApplicationContext.createSecured(console.parts(), "dev.portcullis.console");
        contexts = console.parts().getBean(SecurityContextHolderStrategy.class);
    }

    /// Those of [RunningConsole#shared]. Looking for the screens takes seconds.
    public static Screens shared() {
        return Shared.SCREENS;
    }

    private static final class Shared {
        static final Screens SCREENS = new Screens(RunningConsole.shared());
    }

    /// A window of somebody who has signed in with these roles.
    public Window windowOf(String username, String... roles) {
        // The kit says who acts by what is static, and there the console stands that was started last.
        SecurityContextHolder.setContextHolderStrategy(contexts);
        var person = application.newUser(signedIn(username, List.of(roles)));
        people.push(person);
        return new Window(person.newWindow());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        everybodyLeaves();
    }

    public void everybodyLeaves() {
        while (!people.isEmpty()) {
            people.pop().close();
        }
    }

    @Override
    public void close() {
        everybodyLeaves();
        application.close();
    }

    private static Authentication signedIn(String username, List<String> roles) {
        var person = new Administrator(username, "", roles, false, false, 0);
        return UsernamePasswordAuthenticationToken.authenticated(person, null, Roles.authorities(roles));
    }
}
