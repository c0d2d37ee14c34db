package dev.portcullis.console.evaluation;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillService;
import dev.portcullis.console.policy.EvaluationTurns;
import dev.portcullis.console.policy.PolicyChooser;
import dev.portcullis.console.toolcalls.query.RecordQuery;
import dev.portcullis.console.tools.query.ToolQuery;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.recorded.Reconstruction;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Asks the engine that proxies use, with the kills that are engaged, about a request that nobody has
/// sent, or about one that was recorded.
@Service
@RolesAllowed(Roles.VIEWER)
public class EvaluationService {
    private final PolicyChooser policies;
    private final KillService kills;
    private final LoadedRules own;
    private final LimitStates limits;
    private final RecordQuery records;
    private final KnownTools known;
    private final AdminEventStore events;
    private final Actor actor;
    private final EvaluationTurns turns;

    EvaluationService(
            PolicyChooser policies,
            KillService kills,
            LoadedRules own,
            LimitStates limits,
            RecordQuery records,
            ToolQuery catalogue,
            AdminEventStore events,
            Actor actor,
            EvaluationTurns turns) {
        this.policies = policies;
        this.kills = kills;
        this.own = own;
        this.limits = limits;
        this.records = records;
        this.known = new KnownTools(catalogue);
        this.events = events;
        this.actor = actor;
        this.turns = turns;
    }

    /// @throws NotFoundException when there is no such policy, or no such record
    /// @throws BadRequestException when the record does not tell what was asked
    /// @throws dev.portcullis.console.api.BusyException when too many others ask
    public Evaluation explain(Enquiry enquiry) {
        return turns.take(() -> explained(enquiry));
    }

    private Evaluation explained(Enquiry enquiry) {
        var policy = policies.choose(enquiry.policy());
        var engine = ReadyPolicy.of(policy, own, engaged(), 1);
        return switch (enquiry) {
            case Enquiry.Imagined(var _, var input) -> explain(engine, input, Optional.empty());
            case Enquiry.Recorded(var _, var exchange) -> recorded(engine, exchange);
        };
    }

    /// Why a rule matches may show what the caller has sent.
    private Evaluation recorded(ReadyPolicy policy, UUID id) {
        if (!actor.isAuditor()) {
            throw new AccessDeniedException("only auditors may ask about requests on record");
        }
        var exchange =
                records.byId(id).orElseThrow(() -> new NotFoundException("There is no record of exchange " + id + "."));
        if (exchange.decision().equals("none")) {
            throw new BadRequestException("exchange: " + id + " was refused before the policy was asked");
        }
        events.append(AdminEvent.of(actor.name(), AdminEvent.AUDIT_REVEALED)
                .about(id.toString())
                .with(Map.of("explained", policy.chosen().name())));
        var question = exchange.reconstruct(records.digests());
        return switch (question) {
            case Reconstruction.Exact(var input) -> explain(policy, input, Optional.empty());
            case Reconstruction.TwoReadings(var lenient, var _) ->
                explain(policy, lenient, uncertainty(policy, question));
            case Reconstruction.Later later ->
                throw new BadRequestException(
                        "exchange: " + id + " was decided about what came later than its request");
            case Reconstruction.Impossible(var reason) ->
                throw new BadRequestException("exchange: " + id + " cannot be asked about again: " + reason);
        };
    }

    private static Optional<String> uncertainty(ReadyPolicy policy, Reconstruction question) {
        return question.ask(policy::decide) instanceof Reconstruction.Answer.Unknown(var reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    private Evaluation explain(ReadyPolicy policy, PolicyInput input, Optional<String> uncertain) {
        var explanation = policy.explain(input);
        return new Evaluation(
                policy.chosen(),
                input,
                explanation,
                uncertain,
                visibleTools(policy, input),
                limits.of(policy.chosen().document(), input, explanation.decision()));
    }

    /// What of the tools that are known the same caller would see.
    private Optional<List<String>> visibleTools(ReadyPolicy policy, PolicyInput input) {
        if (input.question() instanceof Question.ToolList) {
            return Optional.empty();
        }
        var list = new Question.ToolList(known.of(policy.chosen().document(), input.route()));
        return policy.decide(input.withQuestion(list)) instanceof Decision.Allow allow
                ? Optional.of(allow.visible().stream().sorted().toList())
                : Optional.of(List.of());
    }

    private List<Kill> engaged() {
        return kills.engaged().stream()
                .filter(kill -> kill.replica().isEmpty())
                .map(KillRecord::kill)
                .toList();
    }
}
