package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.policy.InvalidModulesException;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.replay.ReplayService;
import dev.portcullis.console.replay.ReplayStatus;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// What the draft would have said to what has happened: a replay that is begun here, followed, and can be ended.
final class ImpactPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final transient ReplayService replays;
    private final transient Clock clock;
    private final transient Supplier<PolicyChoice> draft;
    private final transient Runnable asked;
    private final ImpactForm form;
    private final Div wrong = new Div();
    private final ProgressBar progress = new ProgressBar();
    private final Span state = new Span();
    private final Div findings = new Div();
    private transient ImpactInputs inputs = ImpactInputs.of(QueryParameters.empty());
    private transient Optional<UUID> followed = Optional.empty();

    /// @param draft the draft as it stands on the screen
    /// @param asked is told when there is another replay
    ImpactPanel(
            ReplayService replays,
            LiveUpdates live,
            Clock clock,
            boolean mayReplay,
            Supplier<PolicyChoice> draft,
            Runnable asked) {
        this.form = new ImpactForm(mayReplay, this::begin, this::cancel);
        this.replays = replays;
        this.clock = clock;
        this.draft = draft;
        this.asked = asked;
        addClassName("policy-impact");
        wrong.addClassName("policy-refused");
        wrong.getElement().setAttribute("role", "alert");
        wrong.setVisible(false);
        progress.setIndeterminate(true);
        progress.setVisible(false);
        progress.getElement().setAttribute("aria-label", "Replay is running");
        state.getElement().setAttribute("role", "status");
        state.addClassName("secondary");
        findings.add(
                new EmptyState(
                        VaadinIcon.TIME_BACKWARD,
                        "What would change?",
                        "Calls on record are put to the draft: which would be refused now, which would be let through, and whose."));
        add(form, wrong, progress, state, findings);
        form.show(inputs, clock.instant());
        live.whileAttached(this, PERIOD, this::follow);
    }

    Map<String, String> parameters() {
        return inputs.parameters();
    }

    void show(ImpactInputs wanted) {
        if (wanted.equals(inputs)) {
            return;
        }
        inputs = wanted;
        form.show(wanted, clock.instant());
        wanted.replay()
                .ifPresent(id -> replays.status(id)
                        .ifPresentOrElse(
                                this::show, () -> refuse("That replay is not known any more. Begin it again.")));
    }

    private void begin(ImpactInputs wanted) {
        try {
            var status = replays.start(wanted.order(draft.get(), clock.instant()), Duration.ZERO);
            inputs = wanted.running(status.id());
            asked.run();
            show(status);
        } catch (InvalidPolicyException e) {
            refuse("The draft has errors; correct them first.");
        } catch (ConflictException e) {
            refuse("Too many replays are running. Wait for one to end.");
        } catch (InvalidModulesException | NotFoundException | IllegalArgumentException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(String sentence) {
        wrong.setText(sentence);
        wrong.setVisible(true);
    }

    private void cancel() {
        followed.ifPresent(replays::cancel);
        follow();
    }

    private void follow() {
        followed.flatMap(replays::status).ifPresent(this::show);
    }

    private void show(ReplayStatus status) {
        followed = Optional.of(status.id()).filter(_ -> status.isRunning());
        wrong.setVisible(false);
        progress.setVisible(status.isRunning());
        form.setRunning(status.isRunning());
        state.setText(sentence(status));
        findings.removeAll();
        findings.add(new ImpactFindings(status));
    }

    private static String sentence(ReplayStatus status) {
        return "%s: %,d records read in %.1f s, put to %s"
                .formatted(
                        switch (status.state()) {
                            case "running" -> "Running";
                            case "finished" -> "Finished";
                            case "cancelled" -> "Cancelled";
                            default -> "Failed";
                        },
                        status.findings().records(),
                        status.seconds(),
                        status.policy().equals("document")
                                ? "the draft with changes that are not saved"
                                : "the " + status.policy());
    }
}
