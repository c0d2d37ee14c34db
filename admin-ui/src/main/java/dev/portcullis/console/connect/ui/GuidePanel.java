package dev.portcullis.console.connect.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.CopyButton;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.connect.ConnectGuide;

import java.util.List;
import java.util.Optional;

/// How the chosen client is connected to the chosen route: address, snippets, what comes next, what does not work.
final class GuidePanel extends Div {
    private static final long serialVersionUID = 1L;

    GuidePanel(ConnectGuide guide) {
        addClassName("connect-guide");
        var main = new Div(address(guide));
        main.addClassName("connect-main");
        guide.snippets().forEach(snippet -> main.add(new SnippetCard(snippet)));
        var side = new Div(section("What happens next", steps(guide.afterwards())), warnings(guide.warnings()));
        side.addClassName("connect-side");
        add(main, side);
    }

    private static Div address(ConnectGuide guide) {
        var url = new Span(guide.url());
        url.addClassName("mono");
        var line = new Div(url, new CopyButton("Copy", "address", guide.url()));
        line.addClassName("connect-address");
        var panel = new Div(
                new H2(guide.client().title() + " to " + guide.route()),
                new Facts()
                        .fact("Address", line)
                        .fact(
                                "Answers also at",
                                Optional.of(String.join(", ", guide.otherUrls()))
                                        .filter(urls -> !urls.isEmpty()))
                        .fact("Signing in", shows(guide)));
        panel.addClassName("panel");
        guide.deepLink().ifPresent(link -> {
            var anchor = new Anchor();
            anchor.setText("Open in " + guide.client().title());
            // A scheme of the client's own, with what the gateway's configuration and policy say and nothing else.
            anchor.setUnsafeHref(link);
            anchor.addClassName("connect-link");
            // Another program opens it; the console stays where it is.
            anchor.getElement().setAttribute("router-ignore", true);
            var copy = new CopyButton(
                    "Copy link", "link that opens " + guide.client().title(), link);
            var links = new Div(anchor, copy);
            links.addClassName("connect-links");
            panel.add(links);
        });
        return panel;
    }

    private static String shows(ConnectGuide guide) {
        return switch (guide.proof()) {
            case NOTHING -> "Nobody does: the route is open";
            case KEY -> "With an API key of the gateway";
            case SIGN_IN ->
                switch (guide.authentication()) {
                    case PASSTHROUGH -> "The user signs in at the upstream, through the gateway";
                    case OPEN, GATEWAY -> "The user signs in at an identity provider of the gateway";
                };
        };
    }

    private static Div section(String name, com.vaadin.flow.component.Component content) {
        var section = new Div(new H2(name), content);
        section.addClassName("panel");
        return section;
    }

    private static OrderedList steps(List<String> texts) {
        var list = new OrderedList();
        texts.forEach(text -> list.add(new ListItem(text)));
        return list;
    }

    private static Div warnings(List<String> texts) {
        var list = new UnorderedList();
        texts.forEach(text -> list.add(new ListItem(text)));
        var section = section("Watch out", list);
        section.addClassName("connect-warnings");
        return section;
    }
}
