package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is hidden whatever the policy says, and what its rules add. Both are only shown: the first belongs to the
/// product, the second to the policy.
final class RedactionPanel extends Div {
    private static final long serialVersionUID = 1L;

    RedactionPanel(PolicyService policies) {
        addClassName("settings-columns");
        add(always(), added(policies));
    }

    private static Component always() {
        var list = new UnorderedList(
                new ListItem(
                        "Values under names of secrets: password, apiKey, client_secret, X-API-Key, accessTokens and"
                                + " names like them, also in lists of headers"),
                new ListItem(
                        "What looks like a secret, wherever it stands: private keys, JSON Web Tokens, Authorization and"
                                + " Cookie lines, passwords in URLs and connection strings, and tokens of AWS, GitHub, GitLab,"
                                + " Slack, npm, PyPI, OpenAI, Anthropic, Stripe, Google, Vault and others"),
                new ListItem("What the caller showed in its own Authorization header"),
                new ListItem("Texts above 64 KiB"));
        list.addClassName("settings-list");
        return panel(
                "Always hidden",
                list,
                note("In its place stands [redacted]. Results are not kept at all, unless a rule asks for them."));
    }

    private static Component added(PolicyService policies) {
        var rules = new Div();
        rules.addClassName("settings-rows");
        var found = policies.published()
                .map(version -> policies.validate(version.document()))
                .map(RedactionPanel::rules)
                .orElse(List.of());
        found.forEach(rule -> rules.add(row(rule)));
        return panel(
                "Rules of the policy",
                found.isEmpty()
                        ? note(
                                "No rule in force hides anything more, or keeps results. Rules with redact and recordResult do.")
                        : rules,
                new Paragraph(new Anchor("policy", "Change the policy")));
    }

    private static List<Rule> rules(ReadResult read) {
        return read instanceof ReadResult.Valid(PolicyDocument document, var _)
                ? document.rules().stream()
                        .filter(rule -> words(rule.restriction()).isPresent())
                        .toList()
                : List.of();
    }

    private static Component row(Rule rule) {
        var name = new Span(rule.id());
        name.addClassName("version-number");
        var first = new Div(
                name,
                rule.mode() == Rule.Mode.ENFORCE
                        ? new Chip("enforced", Tone.GOOD)
                        : new Chip("only observed: hides nothing", Tone.REFUSED));
        first.addClassName("card-line");
        var row = new Div(first);
        words(rule.restriction()).ifPresent(text -> {
            var words = new Span(text);
            words.addClassName("mono");
            row.add(words);
        });
        rule.description().ifPresent(text -> {
            var words = new Span(text);
            words.addClassName("secondary");
            row.add(words);
        });
        row.addClassName("history-entry");
        return row;
    }

    private static Optional<String> words(Restriction restriction) {
        if (restriction instanceof Restriction.Redact redact) {
            return Optional.of((redact.arguments().isEmpty() ? "" : "arguments " + places(redact.arguments()))
                    + (redact.arguments().isEmpty() || redact.results().isEmpty() ? "" : " · ")
                    + (redact.results().isEmpty() ? "" : "results " + places(redact.results())));
        }
        return restriction instanceof Restriction.RecordResult result
                ? Optional.of("keeps results up to " + result.maxBytes() + " bytes")
                : Optional.empty();
    }

    private static String places(List<?> pointers) {
        return pointers.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static Div panel(String name, Component... content) {
        var panel = new Div(new H2(name));
        panel.addClassNames("panel", "settings-panel");
        panel.add(content);
        return panel;
    }

    private static Paragraph note(String text) {
        var note = new Paragraph(text);
        note.addClassName("secondary");
        return note;
    }
}
