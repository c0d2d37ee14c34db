package dev.portcullis.policy.engine;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Route;
import dev.portcullis.policy.profile.Actions;
import dev.portcullis.policy.profile.Profile;
import dev.portcullis.policy.profile.ToolClass;

import java.util.Map;
import java.util.Optional;

/// What a document and its profiles say about tools. Decisions, lists and records all take it from
/// here, so that they cannot disagree.
public final class PolicyFacts {
    private final Profile profile;
    private final Map<String, ToolClass> reviewed;

    private PolicyFacts(Profile profile, Map<String, ToolClass> reviewed) {
        this.profile = profile;
        this.reviewed = reviewed;
    }

    /// The facts about the tools of one route; empty when the document has no such route.
    static Optional<PolicyFacts> of(PolicyDocument document, String route) {
        return Optional.ofNullable(document.routes().get(route)).map(found -> of(document, found));
    }

    static PolicyFacts of(PolicyDocument document, Route route) {
        return new PolicyFacts(Profile.load(route.profile()), document.tools().getOrDefault(route.name(), Map.of()));
    }

    /// Describes a call of a tool. On a route the document does not have, every tool is a writer.
    ///
    /// @param argumentsJson the arguments as the client wrote them; may be anything
    public static ToolFacts describe(PolicyDocument document, String route, String tool, String argumentsJson) {
        return of(document, route)
                .map(facts -> facts.call(tool, argumentsJson))
                .orElseGet(() -> new ToolFacts(ToolClass.WRITE, Actions.NONE));
    }

    Profile profile() {
        return profile;
    }

    ToolClass classOf(String tool) {
        var known = reviewed.get(tool);
        return known != null ? known : profile.classOf(tool);
    }

    boolean executes(String tool) {
        return profile.executes(tool, classOf(tool));
    }

    ToolFacts call(String tool, String argumentsJson) {
        var toolClass = classOf(tool);
        return new ToolFacts(toolClass, profile.actionsOf(tool, toolClass, argumentsJson));
    }
}
