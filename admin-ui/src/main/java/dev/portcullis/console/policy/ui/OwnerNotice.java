package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.policy.PolicyOwner;

/// Says that the document has its home in a repository, and leads there. Nothing when it is here.
final class OwnerNotice extends Div {
    private static final long serialVersionUID = 1L;

    OwnerNotice(PolicyOwner owner) {
        addClassName("owner-notice");
        getElement().setAttribute("role", "note");
        switch (owner) {
            case PolicyOwner.Console _ -> setVisible(false);
            case PolicyOwner.Git(var repository) -> {
                var link = new Anchor(repository.toString(), repository.toString(), AnchorTarget.BLANK);
                link.getElement().setAttribute("rel", "noopener noreferrer");
                add(
                        new Span("Read-only: this document lives in "),
                        link,
                        new Span(". Change it there; what is merged is published from there. Kills work as ever."));
            }
        }
    }
}
