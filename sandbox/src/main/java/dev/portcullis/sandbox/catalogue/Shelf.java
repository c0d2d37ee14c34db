package dev.portcullis.sandbox.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Documents of one kind by identifier, in the order in which they came.
///
/// Not thread-safe: [Catalogue#exclusively] is the lock. Bounded: a document above the capacity is a
/// [ToolFailure].
public final class Shelf {

    /// What one kind of document may number; far above what a trial needs, far below what would hurt
    /// the host.
    static final int CAPACITY = 5_000;

    private final String kind;
    private final Map<String, JsonObject> documents = new LinkedHashMap<>();

    Shelf(String kind) {
        this.kind = kind;
    }

    public Optional<JsonObject> find(String identifier) {
        return Optional.ofNullable(documents.get(identifier));
    }

    /// The document, or a failure that names those there are.
    public JsonObject get(String identifier) {
        return find(identifier).orElseThrow(() -> new ToolFailure(unknown(identifier)));
    }

    public List<JsonObject> all() {
        return List.copyOf(documents.values());
    }

    /// The documents with these identifiers, each of which must exist; all of them when the list is
    /// empty.
    public List<JsonObject> all(Collection<String> identifiers) {
        return identifiers.isEmpty()
                ? all()
                : identifiers.stream().map(this::get).toList();
    }

    public List<JsonObject> matching(Predicate<JsonObject> wanted) {
        return documents.values().stream().filter(wanted).toList();
    }

    /// Puts the document in the place of the one that had its identifier; true when there was none.
    public boolean put(String identifier, JsonObject document) {
        if (!documents.containsKey(identifier) && documents.size() >= CAPACITY) {
            throw new ToolFailure(
                    "The sandbox keeps at most %d of each kind (%s). Delete some first.".formatted(CAPACITY, kind));
        }
        return documents.put(identifier, document) == null;
    }

    /// Removes a document that must exist.
    public JsonObject remove(String identifier) {
        var removed = get(identifier);
        documents.remove(identifier);
        return removed;
    }

    /// Removes a document if there is one.
    public void discard(String identifier) {
        documents.remove(identifier);
    }

    private String unknown(String identifier) {
        var known = new ArrayList<>(documents.keySet());
        var shown = known.subList(0, Math.min(known.size(), 20));
        return "No %s has the identifier '%s'. Known: %s%s."
                .formatted(
                        kind,
                        identifier,
                        shown.isEmpty() ? "none" : String.join(", ", shown),
                        known.size() > shown.size() ? ", …" : "");
    }
}
