package dev.portcullis.console.tools;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.tools.query.ToolQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Shows every tool that upstreams have ever listed, with what the policy in force says of it.
@Service
public class ToolService {
    private static final int CHUNK = 500;

    private final ToolQuery tools;
    private final DocumentInForce inForce;

    ToolService(ToolQuery tools, DocumentInForce inForce) {
        this.tools = tools;
        this.inForce = inForce;
    }

    /// Up to `limit` tools behind `after`, by route and name.
    @RolesAllowed(Roles.VIEWER)
    public List<CatalogueEntry> list(ToolFilter filter, Optional<ToolCursor> after, int limit) {
        return summaries(filter, after, limit).stream()
                .map(one -> new CatalogueEntry(one.tool(), one.standing(), change(one.tool(), one.standing())))
                .toList();
    }

    /// The same without what changed about each, which takes a query for each.
    @RolesAllowed(Roles.VIEWER)
    public List<ToolSummary> summaries(ToolFilter filter, Optional<ToolCursor> after, int limit) {
        var standings = new Standings(inForce.document());
        var found = new ArrayList<ToolSummary>();
        var cursor = after;
        while (true) {
            var chunk = tools.page(filter.route(), cursor, CHUNK);
            for (var tool : chunk) {
                var one = new ToolSummary(tool, standings.of(tool));
                if (filter.accepts(one)) {
                    found.add(one);
                }
                if (found.size() == limit) {
                    return found;
                }
            }
            if (chunk.size() < CHUNK) {
                return found;
            }
            cursor = Optional.of(
                    new ToolCursor(chunk.getLast().route(), chunk.getLast().name()));
        }
    }

    @RolesAllowed(Roles.VIEWER)
    public Optional<CatalogueEntry> find(String route, String name) {
        var document = inForce.document();
        return tools.find(route, name).map(tool -> {
            var standing = ToolStanding.of(document, tool);
            return new CatalogueEntry(tool, standing, change(tool, standing));
        });
    }

    /// The policy version that all this is true of, as an expectation for whoever decides on it.
    @RolesAllowed(Roles.VIEWER)
    public Expectation seen() {
        return inForce.version().map(version -> Expectation.of(version.tag())).orElseGet(Expectation::none);
    }

    /// The canonical text of one definition, as far as it is kept.
    @RolesAllowed(Roles.VIEWER)
    public Optional<String> text(String route, String name, String definition) {
        return Optional.ofNullable(tools.texts(route, name, Set.of(definition)).get(definition));
    }

    /// What differs from one definition of a tool to another one, whether they are kept or not.
    @RolesAllowed(Roles.VIEWER)
    public DefinitionChange compare(String route, String name, String from, String to) {
        var texts = tools.texts(route, name, Set.of(from, to));
        return DefinitionChange.between(
                from, Optional.ofNullable(texts.get(from)), to, Optional.ofNullable(texts.get(to)));
    }

    private Optional<DefinitionChange> change(CataloguedTool tool, ToolStanding standing) {
        return standing.reviewedDefinition()
                .flatMap(accepted -> tool.live().stream()
                        .map(SeenDefinition::definition)
                        .filter(live -> !live.equals(accepted))
                        .findFirst()
                        .map(other -> compare(tool.route(), tool.name(), accepted, other)))
                .or(() -> lastChange(tool));
    }

    private Optional<DefinitionChange> lastChange(CataloguedTool tool) {
        var byAge = tool.definitions().stream()
                .sorted(Comparator.comparing(SeenDefinition::firstSeenAt).reversed())
                .map(SeenDefinition::definition)
                .toList();
        return byAge.size() < 2
                ? Optional.empty()
                : Optional.of(compare(tool.route(), tool.name(), byAge.get(1), byAge.getFirst()));
    }
}
