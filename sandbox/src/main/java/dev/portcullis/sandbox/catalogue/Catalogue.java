package dev.portcullis.sandbox.catalogue;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Everything one sandbox organization has.
///
/// Thread-safe as a whole: a tool call is one transaction inside [#exclusively], and everything reached
/// from here is used there only. Nothing runs in the background; a run whose time has come ends when
/// somebody next looks.
public final class Catalogue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final AuditLog audit;
    private final Shelf blueprints = new Shelf("blueprint");
    private final Scorecards scorecards = new Scorecards(new Shelf("scorecard"));
    private final Shelf actions = new Shelf("action");
    private final Shelf permissions = new Shelf("action's permissions");
    private final Shelf workflows = new Shelf("workflow");
    private final Shelf integrations = new Shelf("integration");
    private final Shelf folders = new Shelf("sidebar folder");
    private final Shelf pages = new Shelf("page");
    private final Shelf plugins = new Shelf("plugin");
    private final Shelf knowledge = new Shelf("document");
    private final Shelf skills = new Shelf("skill");
    private final Entities entities;
    private final Launcher launcher;

    private Catalogue(Clock clock) {
        this.clock = clock;
        this.audit = new AuditLog(clock);
        this.entities = new Entities(clock, blueprints);
        this.launcher = new Launcher(clock, this);
    }

    /// A new organization with the data that every sandbox starts with.
    public static Catalogue seeded(Clock clock) {
        var catalogue = new Catalogue(clock);
        new Seed(catalogue).plant();
        return catalogue;
    }

    /// Runs one transaction; runs that are due end before it.
    public <T> T exclusively(Supplier<T> transaction) {
        lock.lock();
        try {
            launcher.endDueRuns();
            return transaction.get();
        } finally {
            lock.unlock();
        }
    }

    public Clock clock() {
        return clock;
    }

    public Shelf blueprints() {
        return blueprints;
    }

    public Entities entities() {
        return entities;
    }

    public Scorecards scorecards() {
        return scorecards;
    }

    public Shelf actions() {
        return actions;
    }

    public Shelf permissions() {
        return permissions;
    }

    public Shelf workflows() {
        return workflows;
    }

    public Shelf integrations() {
        return integrations;
    }

    public Shelf folders() {
        return folders;
    }

    public Shelf pages() {
        return pages;
    }

    public Shelf plugins() {
        return plugins;
    }

    public Shelf knowledge() {
        return knowledge;
    }

    public Shelf skills() {
        return skills;
    }

    public AuditLog audit() {
        return audit;
    }

    public Launcher launcher() {
        return launcher;
    }

    /// Creates or replaces a document on a shelf, on record; true when it was created.
    public boolean put(String resource, Shelf shelf, JsonObject document) {
        var identifier = document.text("identifier", "");
        var created = shelf.put(identifier, document);
        audit.succeeded(created ? "CREATE" : "UPDATE", resource, identifier, JsonObject.EMPTY);
        return created;
    }

    /// Removes a document that must exist, on record.
    public JsonObject remove(String resource, Shelf shelf, String identifier) {
        var removed = shelf.remove(identifier);
        audit.succeeded("DELETE", resource, identifier, JsonObject.EMPTY);
        return removed;
    }

    /// Creates or changes an entity, on record; true when it was created.
    public boolean putEntity(String blueprint, JsonObject entity, boolean merge) {
        var created = entities.put(blueprint, entity, merge);
        var identifier = entity.text("identifier", "");
        audit.succeeded(created ? "CREATE" : "UPDATE", "entity", identifier, context(blueprint, identifier));
        return created;
    }

    /// Removes an entity, on record; those that point to it are removed too, or lose the relation.
    ///
    /// @return how many dependents were removed
    public int removeEntity(String blueprint, String identifier, boolean withDependents) {
        entities.get(blueprint, identifier);
        var dependents = entities.dependents(blueprint, identifier);
        entities.remove(blueprint, identifier);
        audit.succeeded("DELETE", "entity", identifier, context(blueprint, identifier));
        for (var dependent : dependents) {
            if (withDependents) {
                removeDependent(dependent);
            } else {
                entities.detach(dependent, blueprint, identifier);
            }
        }
        return withDependents ? dependents.size() : 0;
    }

    /// Removes a blueprint with its entities and scorecards, on record.
    ///
    /// @return how many entities were removed
    public int removeBlueprint(String identifier) {
        List<JsonObject> removed = entities.of(identifier);
        for (var entity : removed) {
            removeEntity(identifier, entity.text("identifier", ""), false);
        }
        for (var scorecard : scorecards.of(identifier)) {
            remove("scorecard", scorecards.shelf(), scorecard.text("identifier", ""));
        }
        remove("blueprint", blueprints, identifier);
        return removed.size();
    }

    private void removeDependent(JsonObject dependent) {
        var blueprint = dependent.text("blueprint", "");
        var identifier = dependent.text("identifier", "");
        entities.remove(blueprint, identifier);
        audit.succeeded("DELETE", "entity", identifier, context(blueprint, identifier));
    }

    private static JsonObject context(String blueprint, String entity) {
        return JsonObject.of("blueprint", blueprint).with("entity", entity);
    }
}
