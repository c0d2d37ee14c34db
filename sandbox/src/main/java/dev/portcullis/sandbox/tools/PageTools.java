package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.ToolFailure;

import java.util.List;

/// The portal's pages and the sidebar they hang in.
final class PageTools implements ToolFamily {

    private final Catalogue catalogue;

    PageTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(ToolKind.READ, "get_page", "Shows a page with its widgets.", List.of(page()), this::get),
                SandboxTool.of(
                        ToolKind.READ,
                        "get_sidebar",
                        "Shows the folders and pages of the sidebar.",
                        List.of(),
                        this::sidebar),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_dashboard_page",
                        "Creates a dashboard, or changes the title and place of the one there is. Its widgets stay.",
                        List.of(
                                Parameter.text("identifier", "Unique identifier")
                                        .required()
                                        .with("minLength", 1),
                                Parameter.text("title", "Name shown to people"),
                                Parameter.text("parent", "Sidebar folder; none for the top")),
                        this::upsert),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "update_entity_page",
                        "Changes the page that every entity of a blueprint is shown on.",
                        List.of(
                                Parameter.text("blueprintIdentifier", "The blueprint")
                                        .required(),
                                Parameter.text("title", "The new title"),
                                Parameter.objects("widgets", "The new widgets, in order")),
                        this::updateEntityPage),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "move_page",
                        "Moves a page in the sidebar.",
                        List.of(page(), Parameter.text("parent", "Sidebar folder; none for the top")),
                        this::move),
                SandboxTool.of(
                        ToolKind.ADD,
                        "duplicate_page",
                        "Copies a page with its widgets.",
                        List.of(
                                page(),
                                Parameter.text("newIdentifier", "Identifier of the copy")
                                        .required()
                                        .with("minLength", 1),
                                Parameter.text("title", "Title of the copy")),
                        this::duplicate),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_sidebar_folder",
                        "Creates a folder in the sidebar, or changes the one there is.",
                        List.of(
                                Parameter.text("identifier", "Unique identifier")
                                        .required()
                                        .with("minLength", 1),
                                Parameter.text("title", "Name shown to people"),
                                Parameter.text("parent", "Folder it lies in; none for the top")),
                        this::upsertFolder),
                SandboxTool.of(
                        ToolKind.DELETE,
                        "delete_sidebar_folder",
                        "Deletes a folder. Its pages and folders move up to where it was.",
                        List.of(Parameter.text("identifier", "The folder").required()),
                        this::deleteFolder));
    }

    private static Parameter page() {
        return Parameter.text("pageIdentifier", "The page").required();
    }

    private JsonObject get(ToolCall call) {
        return JsonObject.of("page", catalogue.pages().get(call.text("pageIdentifier")));
    }

    private JsonObject sidebar(ToolCall call) {
        var pages = catalogue.pages().all().stream()
                .map(page -> Answers.summary(page, "identifier", "title", "type", "parent"))
                .toList();
        return JsonObject.of("folders", catalogue.folders().all()).with("pages", pages);
    }

    private JsonObject upsert(ToolCall call) {
        requireFolder(call.text("parent"));
        var before = catalogue
                .pages()
                .find(call.text("identifier"))
                .orElseGet(() ->
                        JsonObject.of("type", "dashboard").with("parent", "").with("widgets", List.of()));
        return put(before.mergedWith(call.arguments()));
    }

    private JsonObject updateEntityPage(ToolCall call) {
        var blueprint = call.text("blueprintIdentifier");
        catalogue.blueprints().get(blueprint);
        var page = catalogue
                .pages()
                .matching(candidate -> candidate.text("type", "").equals("entity")
                        && candidate.text("blueprint", "").equals(blueprint))
                .stream()
                .findFirst()
                .orElseGet(() -> JsonObject.of("identifier", blueprint + "_page")
                        .with("type", "entity")
                        .with("blueprint", blueprint)
                        .with("parent", ""));
        return put(page.mergedWith(Answers.summary(call.arguments(), "title", "widgets")));
    }

    private JsonObject move(ToolCall call) {
        requireFolder(call.text("parent"));
        return put(catalogue.pages().get(call.text("pageIdentifier")).with("parent", call.text("parent")));
    }

    private JsonObject duplicate(ToolCall call) {
        var original = catalogue.pages().get(call.text("pageIdentifier"));
        var identifier = call.text("newIdentifier");
        if (catalogue.pages().find(identifier).isPresent()) {
            throw new ToolFailure("There is a page '%s' already.".formatted(identifier));
        }
        var title = call.arguments().text("title", original.text("title", identifier) + " (copy)");
        return put(original.with("identifier", identifier).with("title", title));
    }

    private JsonObject upsertFolder(ToolCall call) {
        requireFolder(call.text("parent"));
        var before = catalogue.folders().find(call.text("identifier")).orElse(JsonObject.of("parent", ""));
        var folder = before.mergedWith(call.arguments());
        return Answers.changed("folder", folder, catalogue.put("sidebar folder", catalogue.folders(), folder));
    }

    private JsonObject deleteFolder(ToolCall call) {
        var identifier = call.text("identifier");
        var parent = catalogue
                .remove("sidebar folder", catalogue.folders(), identifier)
                .text("parent", "");
        for (var shelf : List.of(catalogue.folders(), catalogue.pages())) {
            shelf.matching(child -> child.text("parent", "").equals(identifier))
                    .forEach(child -> shelf.put(child.text("identifier", ""), child.with("parent", parent)));
        }
        return Answers.deleted(identifier);
    }

    private JsonObject put(JsonObject page) {
        return Answers.changed("page", page, catalogue.put("page", catalogue.pages(), page));
    }

    private void requireFolder(String identifier) {
        if (!identifier.isEmpty()) {
            catalogue.folders().get(identifier);
        }
    }
}
