package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.portcullis.console.ConsoleSettings;

import java.util.Set;

/// The account of the organization, or username and password, or both; and why it did not work.
@Route(value = "sign-in", autoLayout = false)
@PageTitle("Sign in · Portcullis")
@AnonymousAllowed
@StyleSheet("signin.css")
class SignInView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final String PROVIDER = "/oauth2/authorization/provider";

    private final LoginForm form = new LoginForm();
    private final Div refusal = new Div();

    SignInView(ConsoleSettings settings) {
        addClassName("sign-in");
        form.setAction("sign-in");
        form.setForgotPasswordButtonVisible(false);
        form.setI18n(words("Wrong username or password", "Check both and try again."));
        refusal.addClassName("signin-refusal");
        refusal.getElement().setAttribute("role", "alert");
        refusal.setVisible(false);
        var title = new Div(new Image("icon.svg", ""), new H1("Portcullis"));
        title.addClassName("brand");
        var card = new Div(title, new Paragraph("The gate in front of your MCP servers"), refusal);
        card.addClassName("sign-in-card");
        settings.signIn().provider().ifPresent(provider -> {
            var link = new Anchor(PROVIDER, provider.label());
            link.setRouterIgnore(true);
            link.addClassName("signin-provider");
            card.add(link);
        });
        if (settings.signIn().local()) {
            card.add(form);
        }
        add(card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var asked = event.getLocation().getQueryParameters().getParameters().keySet();
        if (asked.contains("locked")) {
            form.setI18n(words("Too many attempts", "This username must wait before the next attempt."));
        } else if (asked.contains("closed")) {
            form.setI18n(words("This account is locked", "Ask an admin of the console to unlock it."));
        }
        if (asked.contains("busy")) {
            form.setI18n(words(
                    "Nobody could look at it",
                    "Too many people sign in at this moment, or the database is away. Try again."));
        }
        form.setError(Set.of("error", "locked", "closed", "busy").stream().anyMatch(asked::contains));
        if (asked.contains("no-role")) {
            refuse(
                    "Your account has no role here",
                    "You have signed in, but none of your groups may use this console."
                            + " Ask an admin which group you need.");
        } else if (asked.contains("provider")) {
            refuse(
                    "That did not work",
                    "Your organization's sign-in could not be used. Try again; the console's log"
                            + " says why it failed.");
        }
    }

    private void refuse(String heading, String text) {
        var first = new Paragraph(heading);
        first.addClassName("signin-refusal-heading");
        refusal.removeAll();
        refusal.add(first, new Paragraph(text));
        refusal.setVisible(true);
    }

    private static LoginI18n words(String title, String message) {
        var words = LoginI18n.createDefault();
        words.getForm().setTitle("");
        words.getForm().setSubmit("Sign in");
        words.getErrorMessage().setTitle(title);
        words.getErrorMessage().setMessage(message);
        return words;
    }
}
