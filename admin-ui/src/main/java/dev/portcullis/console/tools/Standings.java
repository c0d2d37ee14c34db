package dev.portcullis.console.tools;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.ReviewedTool;
import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.engine.PolicyFacts;
import dev.portcullis.policy.profile.ClassSource;
import dev.portcullis.policy.profile.ToolClass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one document says of many tools. Rules that say nothing about single tools are put aside once, so that
/// thousands of rules and hundreds of tools take no time. For one thread.
final class Standings {
    /// What a rule may be about that denies a tool whoever calls it.
    private static final Set<Condition.Key> PLACES = Set.of(Condition.Key.ROUTES, Condition.Key.TOOLS);

    private final Optional<PolicyDocument> document;
    private final List<Rule> denying;
    private final List<Rule> pinning;
    private final Map<String, Optional<PolicyFacts>> facts = new HashMap<>();

    /// @param document the policy in force; empty when there is none that can be read
    Standings(Optional<PolicyDocument> document) {
        this.document = document;
        var enforced = document.stream()
                .flatMap(policy -> policy.rules().stream())
                .filter(rule -> rule.mode() == Rule.Mode.ENFORCE)
                .toList();
        this.denying = enforced.stream()
                .filter(rule -> rule.except().isEmpty()
                        && (rule.restriction() instanceof Restriction.DeniedTools
                                || (rule.restriction() instanceof Restriction.Deny
                                        && rule.match().tools().isPresent()))
                        && PLACES.containsAll(rule.match().keys()))
                .toList();
        this.pinning = enforced.stream()
                .filter(rule -> rule.restriction() instanceof Restriction.PinnedTools)
                .toList();
    }

    ToolStanding of(CataloguedTool tool) {
        var listed = new ListedTool(
                tool.name(),
                Optional.of(tool.current().definition()),
                tool.current().readOnlyHint());
        var classification = facts.computeIfAbsent(
                        tool.route(), route -> document.flatMap(policy -> PolicyFacts.of(policy, route)))
                .map(known -> known.classify(listed))
                .orElseGet(() -> new PolicyFacts.Classification(ToolClass.WRITE, ClassSource.DEFAULT));
        var accepted = document.flatMap(policy -> Optional.ofNullable(
                        policy.tools().getOrDefault(tool.route(), Map.of()).get(tool.name())))
                .flatMap(ReviewedTool::definition);
        var blockedBy = ids(denying, tool);
        var state = state(tool, accepted, classification.source(), blockedBy);
        return new ToolStanding(
                classification.toolClass(),
                classification.source(),
                accepted,
                state,
                blockedBy,
                state == ToolState.ACCEPTED || state == ToolState.BLOCKED ? List.of() : ids(pinning, tool));
    }

    private static ToolState state(
            CataloguedTool tool, Optional<String> accepted, ClassSource source, List<String> blockedBy) {
        if (!blockedBy.isEmpty()) {
            return ToolState.BLOCKED;
        }
        if (accepted.isPresent()) {
            return tool.live().stream().allMatch(one -> one.definition().equals(accepted.get()))
                    ? ToolState.ACCEPTED
                    : ToolState.CHANGED;
        }
        return source == ClassSource.REVIEW || source == ClassSource.PROFILE ? ToolState.UNREVIEWED : ToolState.NEW;
    }

    private static List<String> ids(List<Rule> rules, CataloguedTool tool) {
        return rules.stream().filter(rule -> isAbout(rule, tool)).map(Rule::id).toList();
    }

    private static boolean isAbout(Rule rule, CataloguedTool tool) {
        return has(rule.match().routes(), tool.route(), true)
                && has(rule.match().tools(), tool.name(), true)
                && rule.except()
                        .map(except -> !has(except.tools(), tool.name(), false))
                        .orElse(true)
                && (!(rule.restriction() instanceof Restriction.DeniedTools denied)
                        || has(Optional.of(denied.tools()), tool.name(), true));
    }

    private static boolean has(Optional<List<Glob>> globs, String name, boolean without) {
        return globs.map(some -> some.stream().anyMatch(glob -> glob.matches(name)))
                .orElse(without);
    }
}
