package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.BusyException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.evaluation.Enquiry;
import dev.portcullis.console.evaluation.Evaluation;
import dev.portcullis.console.evaluation.EvaluationService;
import dev.portcullis.console.evaluation.api.EvaluationAnswer;
import dev.portcullis.console.policy.InvalidModulesException;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.tools.ToolFilter;
import dev.portcullis.console.tools.ToolService;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The test bench: one request that nobody has sent, what the policy says to it, and why.
final class BenchPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final int MOST_TOOLS = 2_000;

    private final transient EvaluationService evaluations;
    private final transient ToolService tools;
    private final transient Clock clock;
    private final transient Supplier<PolicyChoice> draft;
    private final transient Runnable asked;
    private final BenchForm form = new BenchForm(this::toolsOf, this::ask);
    private final Div answer = new Div();
    private final transient Optional<Consumer<BenchCase>> keep;
    private transient BenchInputs inputs = BenchInputs.of(QueryParameters.empty());

    /// @param draft the draft as it stands on the screen
    /// @param keep makes a test of a case; absent where there is no such thing, or the user may not
    /// @param asked is told when there is another case
    BenchPanel(
            EvaluationService evaluations,
            ToolService tools,
            Clock clock,
            Supplier<PolicyChoice> draft,
            Optional<Consumer<BenchCase>> keep,
            Runnable asked) {
        this.evaluations = evaluations;
        this.tools = tools;
        this.clock = clock;
        this.draft = draft;
        this.keep = keep;
        this.asked = asked;
        addClassName("policy-bench");
        answer.addClassName("policy-bench-answer");
        answer.getElement().setAttribute("aria-live", "polite");
        answer.add(
                new EmptyState(
                        VaadinIcon.FLASK,
                        "Try a request",
                        "Say who calls what from where. You see the decision, every rule's part in it, and what the caller can see."));
        add(form, answer);
    }

    /// A case that somebody has decided on the bench.
    record BenchCase(BenchInputs inputs, Evaluation evaluation) {}

    Map<String, String> parameters() {
        return inputs.parameters();
    }

    /// @param routes those that the draft has
    void show(BenchInputs wanted, Collection<String> routes) {
        form.offer(routes);
        if (wanted.isAsked() && !wanted.equals(inputs)) {
            form.show(wanted);
            ask(wanted);
        }
    }

    private void ask(BenchInputs wanted) {
        inputs = wanted;
        asked.run();
        answer.removeAll();
        try {
            var evaluation = evaluations.explain(new Enquiry.Imagined(policy(wanted), wanted.input(clock.instant())));
            var decided = EvaluationAnswer.of(evaluation);
            form.showWrong("");
            answer.add(new BenchAnswer(
                    decided, keep.map(keeper -> () -> keeper.accept(new BenchCase(wanted, evaluation)))));
        } catch (InvalidPolicyException e) {
            form.showWrong("The draft has errors; correct them first.");
        } catch (InvalidModulesException
                | BadRequestException
                | BusyException
                | NotFoundException
                | IllegalArgumentException e) {
            form.showWrong(String.valueOf(e.getMessage()));
        }
    }

    private PolicyChoice policy(BenchInputs wanted) {
        return wanted.policy().equals(BenchInputs.PUBLISHED) ? new PolicyChoice.Published() : draft.get();
    }

    private List<String> toolsOf(String route) {
        var ofRoute = new ToolFilter(Optional.of(route), Optional.empty(), Optional.empty(), Optional.empty(), false);
        return tools.summaries(ofRoute, Optional.empty(), MOST_TOOLS).stream()
                .map(one -> one.tool().name())
                .sorted()
                .toList();
    }
}
