package dev.portcullis.console.replay;

import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;
import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Which rules of a published version only count calls. What they refused depends on when else somebody
/// called, and is not decided again. Versions never change, so the newest answers are remembered.
@Component
class LimitRules {
    private static final int REMEMBERED = 100;

    private final PolicyQuery versions;
    private final Map<Long, Set<String>> known = new ConcurrentHashMap<>();

    LimitRules(PolicyQuery versions) {
        this.versions = versions;
    }

    Set<String> of(OptionalLong version) {
        if (version.isEmpty()) {
            return Set.of();
        }
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        return known.computeIfAbsent(version.getAsLong(), this::read);
    }

    private Set<String> read(long version) {
        return versions.version(version)
                .map(PolicyVersion::document)
                .map(DocumentReader::read)
                .map(LimitRules::limits)
                .orElse(Set.of());
    }

    private static Set<String> limits(ReadResult read) {
        return switch (read) {
            case ReadResult.Valid(var document, var _) ->
                document.rules().stream()
                        .filter(rule -> rule.restriction() instanceof Restriction.Limit)
                        .map(Rule::id)
                        .collect(Collectors.toUnmodifiableSet());
            case ReadResult.Invalid invalid -> Set.of();
        };
    }
}
