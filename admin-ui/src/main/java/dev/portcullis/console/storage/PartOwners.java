package dev.portcullis.console.storage;

import dev.portcullis.console.storage.query.PartQuery;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Whose records parts had when they were looked at. Finding out takes reading all of a part, so it is done once: as
/// long as somebody's among them are to be kept it does not matter who has come since, and a part that goes is looked
/// at again when nobody can add to it.
@Component
class PartOwners {
    private final PartQuery parts;
    private final Map<String, List<Optional<String>>> known = new ConcurrentHashMap<>();

    PartOwners(PartQuery parts) {
        this.parts = parts;
    }

    /// The organizations; an absent one stands for records of none.
    List<Optional<String>> of(Part part) {
        var seen = known.get(part.name());
        return seen == null ? keep(part, parts.organizations(part)) : seen;
    }

    /// The same, when it is known or found out in time.
    Optional<List<Optional<String>>> of(Part part, Duration patience) {
        var seen = Optional.ofNullable(known.get(part.name()));
        return seen.isPresent() || !patience.isPositive()
                ? seen
                : parts.organizations(part, patience).map(found -> keep(part, found));
    }

    void forget(Part part) {
        known.remove(part.name());
    }

    private List<Optional<String>> keep(Part part, List<Optional<String>> found) {
        known.put(part.name(), found);
        return found;
    }
}
