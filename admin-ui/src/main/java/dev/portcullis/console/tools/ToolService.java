package dev.portcullis.console.tools;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.console.tools.query.ToolQuery;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
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
    private final PolicyQuery policy;

    ToolService(ToolQuery tools, PolicyQuery policy) {
        this.tools = tools;
        this.policy = policy;
    }

    /// Up to `limit` tools behind `after`, by route and name.
    @RolesAllowed(Roles.VIEWER)
    public List<CatalogueEntry> list(ToolFilter filter, Optional<ToolCursor> after, int limit) {
        var document = document();
        var found = new ArrayList<CatalogueEntry>();
        var cursor = after;
        while (true) {
            var chunk = tools.page(filter.route(), cursor, CHUNK);
            for (var tool : chunk) {
                var standing = ToolStanding.of(document, tool);
                if (filter.accepts(standing)) {
                    found.add(new CatalogueEntry(tool, standing, change(tool, standing)));
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
        var document = document();
        return tools.find(route, name).map(tool -> {
            var standing = ToolStanding.of(document, tool);
            return new CatalogueEntry(tool, standing, change(tool, standing));
        });
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

    private Optional<PolicyDocument> document() {
        return policy.published()
                .map(version -> DocumentReader.read(version.document()))
                .flatMap(read -> switch (read) {
                    case ReadResult.Valid valid -> Optional.of(valid.document());
                    case ReadResult.Invalid _ -> Optional.empty();
                });
    }
}
