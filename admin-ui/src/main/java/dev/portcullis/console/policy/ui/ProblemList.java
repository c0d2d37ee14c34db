package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.PolicyDocument;

import java.util.List;
import java.util.function.IntConsumer;

/// What is wrong or doubtful in the document; choosing an entry selects its line.
final class ProblemList extends Div {
    private static final long serialVersionUID = 1L;
    /// Nobody reads more at once, and thousands would make the screen slow.
    static final int SHOWN = 100;

    private final transient IntConsumer select;

    ProblemList(IntConsumer select) {
        this.select = select;
        addClassName("problems");
        getElement().setAttribute("role", "status");
        getElement().setAttribute("aria-label", "Validation");
    }

    void showValid(PolicyDocument document, List<DocumentProblem> warnings) {
        removeAll();
        setClassName("has-errors", false);
        add(heading(VaadinIcon.CHECK_CIRCLE, "Valid"));
        add(new Paragraph(counted(document.routes().size(), "route") + ", "
                + counted(document.rules().size(), "rule") + ", organization " + document.organization()));
        if (!warnings.isEmpty()) {
            add(heading(VaadinIcon.WARNING, counted(warnings.size(), "warning")), list(warnings));
        }
    }

    void showErrors(List<DocumentProblem> errors) {
        removeAll();
        setClassName("has-errors", true);
        add(heading(VaadinIcon.CLOSE_CIRCLE, counted(errors.size(), "error")), list(errors));
    }

    /// One problem in words.
    static String sentence(DocumentProblem problem) {
        return problem.value() + " — expected " + problem.expected()
                + problem.suggestion()
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("");
    }

    private Component list(List<DocumentProblem> problems) {
        var list = new UnorderedList();
        problems.stream().limit(SHOWN).forEach(problem -> list.add(new ListItem(entry(problem))));
        if (problems.size() > SHOWN) {
            list.add(new ListItem("and " + (problems.size() - SHOWN) + " more"));
        }
        return list;
    }

    private Component entry(DocumentProblem problem) {
        var place = new Span((problem.line() > 0 ? "Line " + problem.line() + " · " : "") + problem.path());
        place.addClassName("problem-place");
        var words = new Div(place, new Span(sentence(problem)));
        words.addClassName("problem-words");
        var entry = new Button(words, _ -> select.accept(problem.line()));
        entry.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE);
        entry.addClassName("problem");
        return entry;
    }

    private static Component heading(VaadinIcon icon, String text) {
        var heading = new H2(icon.create(), new Span(text));
        heading.addClassName("problems-heading");
        return heading;
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
