package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.signin.provider.IdentityProvider;

import java.util.TreeMap;

/// Which groups of the identity provider have which roles; the configuration says so.
final class GroupRoles extends Div {
    private static final long serialVersionUID = 1L;

    GroupRoles(IdentityProvider provider) {
        addClassName("people-groups");
        var facts = new Facts();
        new TreeMap<>(provider.roles()).forEach((group, roles) -> facts.fact(group, String.join(", ", roles)));
        add(
                new H2("Groups of the identity provider"),
                new Paragraph("Whoever signs in with an account of " + provider.issuer() + " has the roles of their"
                        + " groups. They stand in the configuration of this console: console.signIn.oidc.roles."),
                facts);
    }
}
