package dev.portcullis.console.signin.ui;

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

/// Username and password.
@Route(value = "sign-in", autoLayout = false)
@PageTitle("Sign in · Portcullis")
@AnonymousAllowed
class SignInView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final LoginForm form = new LoginForm();

    SignInView() {
        addClassName("sign-in");
        form.setAction("sign-in");
        form.setForgotPasswordButtonVisible(false);
        form.setI18n(words("Wrong username or password", "Check both and try again."));
        var title = new Div(new Image("icon.svg", ""), new H1("Portcullis"));
        title.addClassName("brand");
        var card = new Div(title, new Paragraph("The gate in front of your MCP servers"), form);
        card.addClassName("sign-in-card");
        add(card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters().getParameters();
        if (parameters.containsKey("locked")) {
            form.setI18n(words("Too many attempts", "This username must wait before the next attempt."));
        }
        form.setError(parameters.containsKey("error") || parameters.containsKey("locked"));
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
