package dev.portcullis.console.tools;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.NoPolicyPublishedException;
import dev.portcullis.console.policy.PolicyChangeService;
import dev.portcullis.console.tools.query.ToolQuery;
import dev.portcullis.console.tools.store.ToolStore;
import dev.portcullis.policy.document.DocumentEditor;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReviewedTool;
import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.profile.ClassSource;
import dev.portcullis.policy.profile.ToolClass;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Decides about tools: edits the policy document in force and publishes it, so that the document stays the only
/// place where decisions are.
@Service
public class ToolReviewService {
    /// How many tools one publication may be about.
    public static final int MOST_AT_ONCE = 500;

    private final ToolQuery tools;
    private final ToolStore store;
    private final DocumentInForce inForce;
    private final PolicyChangeService changes;

    ToolReviewService(ToolQuery tools, ToolStore store, DocumentInForce inForce, PolicyChangeService changes) {
        this.tools = tools;
        this.store = store;
        this.inForce = inForce;
        this.changes = changes;
    }

    /// What was published.
    ///
    /// @param tools what the document says now of each tool that was decided about
    /// @param skipped the tools that were not, and why
    public record Reviewed(
            PolicyChangeService.Outcome outcome, Map<String, ReviewedTool> tools, Map<String, String> skipped) {
        public Reviewed {
            tools = Map.copyOf(tools);
            skipped = Map.copyOf(skipped);
        }
    }

    /// Decides about one tool.
    ///
    /// @throws UnknownToolException when there is no such route or tool
    /// @throws DefinitionMovedException when the definition is not one that callers are shown now
    /// @throws dev.portcullis.console.policy.StalePolicyException when the expectation is not met
    /// @throws IllegalArgumentException when the document cannot be edited so
    @RolesAllowed(Roles.EDITOR)
    public Reviewed review(String route, String name, ReviewOrder order, String actor, Expectation expectation) {
        var document = document(route);
        var tool = tools.find(route, name).orElseThrow(() -> UnknownToolException.tool(route, name));
        var decided = Map.of(name, order.about(tool, ToolStanding.of(Optional.of(document), tool)));
        return publish(route, decided, Map.of(), order.reason(), actor, expectation);
    }

    /// Accepts the current definitions of tools, each with the class it has now, in one publication.
    ///
    /// @throws UnknownToolException when there is no such route, or one of the tools is unknown
    @RolesAllowed(Roles.EDITOR)
    public Reviewed accept(
            String route, Collection<String> names, Optional<String> reason, String actor, Expectation expectation) {
        checkNumber(names.size());
        var standings = new Standings(Optional.of(document(route)));
        var decided = new LinkedHashMap<String, ReviewedTool>();
        var skipped = new LinkedHashMap<String, String>();
        for (var tool : known(route, names)) {
            var standing = standings.of(tool);
            var order = new ReviewOrder(
                    Optional.of(standing.toolClass()), Optional.of(ReviewOrder.CURRENT), Optional.empty());
            try {
                decided.put(tool.name(), order.about(tool, standing));
            } catch (DefinitionMovedException e) {
                skipped.put(tool.name(), String.valueOf(e.getMessage()));
            }
        }
        return publish(route, decided, skipped, reason, actor, expectation);
    }

    /// What [#acceptReadOnlyClaims] would accept now.
    ///
    /// @throws UnknownToolException when there is no such route
    @RolesAllowed(Roles.VIEWER)
    public ReadOnlyClaims readOnlyClaims(String route) {
        var version = version(route);
        var standings = new Standings(version.document());
        var definitions = new LinkedHashMap<String, String>();
        var skipped = new LinkedHashMap<String, String>();
        for (var tool : tools.page(Optional.of(route), Optional.empty(), Integer.MAX_VALUE)) {
            var standing = standings.of(tool);
            if (!tool.current().readOnlyHint().equals(Optional.of(true))
                    || standing.classSource() == ClassSource.REVIEW) {
                continue;
            }
            if (standing.classSource() == ClassSource.PROFILE && standing.toolClass() != ToolClass.READ) {
                skipped.put(
                        tool.name(), "the profile says " + standing.toolClass().wireName());
            } else if (tool.live().size() > 1) {
                skipped.put(tool.name(), "callers are shown several definitions");
            } else if (definitions.size() < MOST_AT_ONCE) {
                definitions.put(tool.name(), tool.current().definition());
            }
        }
        return new ReadOnlyClaims(definitions, skipped, version.tag());
    }

    /// Accepts as readers all tools of a route that claim to be and that nobody has decided about, with their
    /// current definitions, in one publication. What the profile calls something else is skipped.
    @RolesAllowed(Roles.EDITOR)
    public Reviewed acceptReadOnlyClaims(String route, Optional<String> reason, String actor, Expectation expectation) {
        var claims = readOnlyClaims(route);
        return publish(route, asReaders(claims.definitions()), claims.skipped(), reason, actor, expectation);
    }

    /// Accepts as readers exactly these tools with exactly these definitions, or nothing: when one of them is not
    /// among the claims any more, because its definition changed or somebody decided about it, somebody has to look
    /// again.
    ///
    /// @param definitions what somebody has reviewed of [#readOnlyClaims], by the tool's name
    /// @throws UnknownToolException when there is no such route, or one of the tools is unknown
    /// @throws DefinitionMovedException when one of them is not as it was
    @RolesAllowed(Roles.EDITOR)
    public Reviewed acceptReviewedClaims(
            String route,
            Map<String, String> definitions,
            Optional<String> reason,
            String actor,
            Expectation expectation) {
        checkNumber(definitions.size());
        var claims = readOnlyClaims(route);
        for (var tool : known(route, definitions.keySet())) {
            var now = Optional.ofNullable(claims.definitions().get(tool.name()));
            if (!now.equals(Optional.ofNullable(definitions.get(tool.name())))) {
                throw new DefinitionMovedException(
                        tool,
                        now.isPresent()
                                ? "is not what was reviewed any more"
                                : "is none of those that only claim to read, and that nobody has decided about, any more");
            }
        }
        return publish(
                route,
                asReaders(definitions),
                Map.of(),
                reason,
                actor,
                expectation.tags().isEmpty() ? Expectation.of(claims.tag()) : expectation);
    }

    private static Map<String, ReviewedTool> asReaders(Map<String, String> definitions) {
        var decided = new TreeMap<String, ReviewedTool>();
        definitions.forEach(
                (name, definition) -> decided.put(name, new ReviewedTool(ToolClass.READ, Optional.of(definition))));
        return decided;
    }

    /// Takes back what the document says of a tool: its class is again what the profile or the upstream says, and no
    /// definition is accepted. What a rule says of it stays.
    ///
    /// @throws UnknownToolException when there is no such route
    /// @throws IllegalArgumentException when nothing is decided about it
    @RolesAllowed(Roles.EDITOR)
    public PolicyChangeService.Outcome clear(
            String route, String name, Optional<String> reason, String actor, Expectation expectation) {
        document(route);
        return changes.change(
                text -> DocumentEditor.withoutTool(text, route, name),
                "Not reviewed any more on %s: %s.%s"
                        .formatted(route, name, reason.map(words -> " " + words).orElse("")),
                actor,
                expectation);
    }

    /// Denies tools of a route to everybody, by a rule of their own.
    ///
    /// @throws UnknownToolException when there is no such route, or one of the tools is unknown
    @RolesAllowed(Roles.EDITOR)
    public PolicyChangeService.Outcome block(
            String route, Collection<String> names, String reason, String actor, Expectation expectation) {
        checkNumber(names.size());
        var document = document(route);
        var blocked = known(route, names).stream().map(CataloguedTool::name).toList();
        var id = freeId(document, "blocked-on-" + route);
        return changes.change(
                text -> DocumentEditor.withDeniedTools(text, id, route, blocked, reason),
                "Blocked on %s: %s. %s".formatted(route, shown(blocked), reason),
                actor,
                expectation);
    }

    private Reviewed publish(
            String route,
            Map<String, ReviewedTool> decided,
            Map<String, String> skipped,
            Optional<String> reason,
            String actor,
            Expectation expectation) {
        var outcome = changes.change(
                text -> decided.isEmpty() ? text : DocumentEditor.withTools(text, route, decided),
                "Reviewed on %s: %s.%s"
                        .formatted(
                                route,
                                shown(decided.keySet()),
                                reason.map(words -> " " + words).orElse("")),
                actor,
                expectation);
        var accepted = new LinkedHashMap<String, String>();
        decided.forEach((name, tool) -> tool.definition().ifPresent(definition -> accepted.put(name, definition)));
        // What is published is marked with it, and what is proposed when it is; this is what the document said already.
        if (!accepted.isEmpty() && !outcome.published() && outcome.proposal().isEmpty()) {
            store.markReviewed(route, accepted);
        }
        return new Reviewed(outcome, decided, skipped);
    }

    private List<CataloguedTool> known(String route, Collection<String> names) {
        var found = tools.find(route, Set.copyOf(names));
        var known = found.stream().map(CataloguedTool::name).collect(Collectors.toSet());
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw UnknownToolException.tool(route, name);
        });
        return found;
    }

    private PolicyDocument document(String route) {
        return version(route).document().orElseThrow(NoPolicyPublishedException::new);
    }

    private DocumentInForce.Version version(String route) {
        var version = inForce.version().orElseThrow(NoPolicyPublishedException::new);
        if (!version.document()
                .orElseThrow(NoPolicyPublishedException::new)
                .routes()
                .containsKey(route)) {
            throw UnknownToolException.route(route);
        }
        return version;
    }

    private static String freeId(PolicyDocument document, String wanted) {
        var taken = document.rules().stream().map(Rule::id).collect(Collectors.toSet());
        var id = wanted;
        for (int number = 2; taken.contains(id); number++) {
            id = wanted + "-" + number;
        }
        return id;
    }

    private static void checkNumber(int tools) {
        if (tools == 0 || tools > MOST_AT_ONCE) {
            throw new IllegalArgumentException("tools: " + tools + " (expected: 1 to " + MOST_AT_ONCE + ")");
        }
    }

    private static String shown(Collection<String> names) {
        var some = names.stream().limit(5).collect(Collectors.joining(", "));
        return names.size() <= 5 ? some : some + " and " + (names.size() - 5) + " more";
    }
}
