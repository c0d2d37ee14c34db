package dev.portcullis.policy.engine;

import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReviewedTool;
import dev.portcullis.policy.document.Route;
import dev.portcullis.policy.profile.Actions;
import dev.portcullis.policy.profile.ClassSource;
import dev.portcullis.policy.profile.Profile;
import dev.portcullis.policy.profile.ToolClass;

import java.util.Map;
import java.util.Optional;

/// What a document, its profiles and the upstream's own lists say about tools. Decisions, lists and
/// records all take it from here, so that they cannot disagree.
public final class PolicyFacts {
    private final Profile profile;
    private final Map<String, ReviewedTool> reviewed;
    private final boolean trustAnnotations;

    private PolicyFacts(Profile profile, Map<String, ReviewedTool> reviewed, boolean trustAnnotations) {
        this.profile = profile;
        this.reviewed = reviewed;
        this.trustAnnotations = trustAnnotations;
    }

    /// A class, and who says so.
    public record Classification(ToolClass toolClass, ClassSource source) {}

    /// The facts about the tools of one route; empty when the document has no such route.
    public static Optional<PolicyFacts> of(PolicyDocument document, String route) {
        return Optional.ofNullable(document.routes().get(route)).map(found -> of(document, found));
    }

    static PolicyFacts of(PolicyDocument document, Route route) {
        return new PolicyFacts(
                Profile.load(route.profile()),
                document.tools().getOrDefault(route.name(), Map.of()),
                route.trustAnnotations());
    }

    /// Describes a call of a tool. On a route the document does not have, every tool is a writer.
    ///
    /// @param argumentsJson the arguments as the client wrote them; may be anything
    public static ToolFacts describe(PolicyDocument document, String route, ListedTool tool, String argumentsJson) {
        return of(document, route)
                .map(facts -> facts.call(tool, argumentsJson))
                .orElseGet(() -> new ToolFacts(ToolClass.WRITE, ClassSource.DEFAULT, Actions.NONE));
    }

    Profile profile() {
        return profile;
    }

    /// The class of a tool. The upstream's claim that a tool changes something always counts; that it
    /// changes nothing, only for a tool nobody knows, and only where the document trusts the upstream.
    public Classification classify(ListedTool tool) {
        var review = reviewed.get(tool.name());
        if (review != null) {
            return new Classification(review.toolClass(), ClassSource.REVIEW);
        }
        if (profile.knows(tool.name())) {
            var known = profile.classOf(tool.name());
            return known == ToolClass.READ && tool.readOnlyHint().equals(Optional.of(false))
                    ? new Classification(ToolClass.WRITE, ClassSource.ANNOTATION)
                    : new Classification(known, ClassSource.PROFILE);
        }
        return trustAnnotations && tool.readOnlyHint().equals(Optional.of(true))
                ? new Classification(ToolClass.READ, ClassSource.ANNOTATION)
                : new Classification(ToolClass.WRITE, ClassSource.DEFAULT);
    }

    /// Whether somebody has reviewed the tool as it is listed now.
    public ToolReview review(ListedTool tool) {
        var accepted = Optional.ofNullable(reviewed.get(tool.name())).flatMap(ReviewedTool::definition);
        if (accepted.isEmpty() || tool.definition().isEmpty()) {
            return ToolReview.NEW;
        }
        return accepted.equals(tool.definition()) ? ToolReview.ACCEPTED : ToolReview.CHANGED;
    }

    boolean executes(ListedTool tool) {
        return profile.executes(tool.name(), classify(tool).toolClass());
    }

    ToolFacts call(ListedTool tool, String argumentsJson) {
        var classification = classify(tool);
        return new ToolFacts(
                classification.toolClass(),
                classification.source(),
                profile.actionsOf(tool.name(), classification.toolClass(), argumentsJson));
    }

    /// What a recorded call executes; empty when the record hides that.
    Optional<Actions> actions(ListedTool tool, KeptArguments arguments) {
        return profile.actionsOf(tool.name(), classify(tool).toolClass(), arguments);
    }
}
