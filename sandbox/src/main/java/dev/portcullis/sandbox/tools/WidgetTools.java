package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.ToolFailure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The widgets on pages.
final class WidgetTools implements ToolFamily {

    private static final Map<String, List<Parameter>> TYPES = Map.of(
            "markdown", List.of(Parameter.text("markdown", "The text").required()),
            "iframe-widget", List.of(Parameter.text("url", "The page to embed").required()),
            "entities-number-chart",
                    List.of(
                            Parameter.choice("calculation", "How to count", "count", "sum", "average")
                                    .required(),
                            Parameter.object("filter", "Which entities")),
            "entities-pie-chart",
                    List.of(
                            Parameter.text("property", "Property to split by"),
                            Parameter.text("scorecard", "Scorecard to split by")),
            "table-entities-explorer", List.of(Parameter.texts("columns", "Columns, in order")));

    private final Catalogue catalogue;

    WidgetTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        var types = TYPES.keySet().stream().sorted().toArray(String[]::new);
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "load_widget_schema",
                        "Shows the configuration that a type of widget takes.",
                        List.of(Parameter.choice("type", "The type", types).required()),
                        this::schema),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_widget",
                        "Puts a widget on a page, in the place of the one with this identifier.",
                        List.of(
                                Parameter.text("pageIdentifier", "The page").required(),
                                Parameter.object(
                                                "widget",
                                                "The widget",
                                                Parameter.text("identifier", "Unique on the page")
                                                        .required()
                                                        .with("minLength", 1),
                                                Parameter.choice("type", "The type", types)
                                                        .required(),
                                                Parameter.text("title", "Title shown to people"),
                                                Parameter.text("blueprint", "The blueprint it shows"),
                                                Parameter.object("config", "See load_widget_schema"))
                                        .required()),
                        this::upsert),
                SandboxTool.of(
                        ToolKind.DELETE,
                        "delete_widget",
                        "Takes a widget off a page.",
                        List.of(
                                Parameter.text("pageIdentifier", "The page").required(),
                                Parameter.text("widgetIdentifier", "The widget").required()),
                        this::delete));
    }

    private JsonObject schema(ToolCall call) {
        var type = call.text("type");
        return JsonObject.of("type", type).with("configSchema", Parameter.schema(TYPES.getOrDefault(type, List.of())));
    }

    private JsonObject upsert(ToolCall call) {
        var page = catalogue.pages().get(call.text("pageIdentifier"));
        var widget = call.arguments().object("widget");
        var widgets = new ArrayList<>(page.objects("widgets"));
        var place = place(widgets, widget.text("identifier", ""));
        if (place < 0) {
            widgets.add(widget);
        } else {
            widgets.set(place, widget);
        }
        catalogue.put("page", catalogue.pages(), page.with("widgets", widgets));
        return Answers.changed("widget", widget, place < 0);
    }

    private JsonObject delete(ToolCall call) {
        var page = catalogue.pages().get(call.text("pageIdentifier"));
        var identifier = call.text("widgetIdentifier");
        var widgets = new ArrayList<>(page.objects("widgets"));
        var place = place(widgets, identifier);
        if (place < 0) {
            throw new ToolFailure("Page '%s' has no widget '%s'.".formatted(page.text("identifier", ""), identifier));
        }
        widgets.remove(place);
        catalogue.put("page", catalogue.pages(), page.with("widgets", widgets));
        return Answers.deleted(identifier);
    }

    private static int place(List<JsonObject> widgets, String identifier) {
        return widgets.stream()
                .map(widget -> widget.text("identifier", ""))
                .toList()
                .indexOf(identifier);
    }
}
