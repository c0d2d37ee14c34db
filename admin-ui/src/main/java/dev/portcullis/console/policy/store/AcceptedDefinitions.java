package dev.portcullis.console.policy.store;

import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import org.jooq.Configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Marks the definitions of tools that a published document accepts, however it came to be published, so that they are
/// kept to compare others with. What is only proposed is accepted by nobody yet.
final class AcceptedDefinitions {
    private static final String MARK = """
            update gateway.tool_definitions seen set reviewed_at = now()
            from unnest(?::text[], ?::text[], ?::text[], ?::boolean[]) as accepted (route, tool, definition, is_new)
            where (seen.route, seen.tool, seen.definition) = (accepted.route, accepted.tool, accepted.definition)
            and (accepted.is_new or seen.reviewed_at is null)""";

    private AcceptedDefinitions() {}

    private record Accepted(String route, String tool, String definition) {}

    /// @param before the document that was in force
    /// @param after the one that is published
    static void mark(Configuration transaction, String before, String after) {
        var accepted = List.copyOf(in(after));
        if (accepted.isEmpty()) {
            return;
        }
        var known = in(before);
        var isNew = new ArrayList<Boolean>();
        accepted.forEach(one -> isNew.add(!known.contains(one)));
        transaction
                .dsl()
                .execute(
                        MARK,
                        accepted.stream().map(Accepted::route).toArray(String[]::new),
                        accepted.stream().map(Accepted::tool).toArray(String[]::new),
                        accepted.stream().map(Accepted::definition).toArray(String[]::new),
                        isNew.toArray(Boolean[]::new));
    }

    private static Set<Accepted> in(String document) {
        var all = new HashSet<Accepted>();
        if (DocumentReader.read(document) instanceof ReadResult.Valid valid) {
            valid.document()
                    .tools()
                    .forEach((route, tools) -> tools.forEach((tool, reviewed) -> reviewed.definition()
                            .ifPresent(definition -> all.add(new Accepted(route, tool, definition)))));
        }
        return all;
    }
}
