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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the policy in force says of a tool.
///
/// @param reviewedDefinition the definition that was accepted
/// @param blockedBy the rules that deny it to everybody
public record ToolStanding(
        ToolClass toolClass,
        ClassSource classSource,
        Optional<String> reviewedDefinition,
        ToolState state,
        List<String> blockedBy) {
    /// What such a rule may be about, so that it denies the tool whoever calls it.
    private static final Set<Condition.Key> PLACES = Set.of(Condition.Key.ROUTES, Condition.Key.TOOLS);

    public ToolStanding {
        blockedBy = List.copyOf(blockedBy);
    }

    /// @param document the policy in force; empty when there is none that can be read
    public static ToolStanding of(Optional<PolicyDocument> document, CataloguedTool tool) {
        var listed = listed(tool);
        var facts = document.flatMap(policy -> PolicyFacts.of(policy, tool.route()));
        var classification = facts.map(known -> known.classify(listed))
                .orElseGet(() -> new PolicyFacts.Classification(ToolClass.WRITE, ClassSource.DEFAULT));
        var accepted = document.flatMap(policy -> Optional.ofNullable(
                        policy.tools().getOrDefault(tool.route(), Map.of()).get(tool.name())))
                .flatMap(ReviewedTool::definition);
        var blockedBy = document.map(policy -> blockedBy(policy, tool)).orElseGet(List::of);
        return new ToolStanding(
                classification.toolClass(),
                classification.source(),
                accepted,
                state(tool, accepted, classification.source(), blockedBy),
                blockedBy);
    }

    private static ListedTool listed(CataloguedTool tool) {
        return new ListedTool(
                tool.name(),
                Optional.of(tool.current().definition()),
                tool.current().readOnlyHint());
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

    private static List<String> blockedBy(PolicyDocument document, CataloguedTool tool) {
        return document.rules().stream()
                .filter(rule -> rule.mode() == Rule.Mode.ENFORCE
                        && rule.except().isEmpty()
                        && denies(rule, tool)
                        && PLACES.containsAll(rule.match().keys())
                        && names(rule.match().routes(), tool.route())
                        && names(rule.match().tools(), tool.name()))
                .map(Rule::id)
                .toList();
    }

    private static boolean denies(Rule rule, CataloguedTool tool) {
        return switch (rule.restriction()) {
            case Restriction.DeniedTools denied -> denied.tools().stream().anyMatch(glob -> glob.matches(tool.name()));
            case Restriction.Deny _ -> rule.match().tools().isPresent();
            default -> false;
        };
    }

    private static boolean names(Optional<List<Glob>> globs, String name) {
        return globs.map(some -> some.stream().anyMatch(glob -> glob.matches(name)))
                .orElse(true);
    }
}
