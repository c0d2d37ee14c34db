package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.ToolFailure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Text for the model: Port's documentation and the organization's skills.
final class KnowledgeTools implements ToolFamily {

    private final Catalogue catalogue;

    KnowledgeTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        var skills = catalogue.skills().all().stream()
                .map(skill -> "%s (%s)".formatted(skill.text("identifier", ""), skill.text("description", "")))
                .collect(Collectors.joining("; "));
        return List.of(
                SandboxTool.of(
                        ToolKind.READ,
                        "load_skill",
                        "Loads a skill, or one of its files. Skills: " + skills,
                        List.of(
                                Parameter.text("name", "The skill").required(),
                                Parameter.text("resource", "Path of one of its files")),
                        this::load),
                SandboxTool.of(
                        ToolKind.READ,
                        "search_port_knowledge_sources",
                        "Searches Port's documentation.",
                        List.of(
                                Parameter.text("query", "Words to look for")
                                        .required()
                                        .with("minLength", 1),
                                Parameter.number("limit", 1, 20, 3, "Most documents to return")),
                        this::search));
    }

    private JsonObject load(ToolCall call) {
        var skill = catalogue.skills().get(call.text("name"));
        var path = call.arguments().text("resource");
        if (path.isEmpty()) {
            return skill.with(
                    "resources",
                    skill.objects("resources").stream()
                            .map(resource -> resource.text("path", ""))
                            .toList());
        }
        return skill.objects("resources").stream()
                .filter(resource -> resource.text("path").equals(path))
                .findFirst()
                .orElseThrow(
                        () -> new ToolFailure("Skill '%s' has no file '%s'.".formatted(call.text("name"), path.get())));
    }

    private JsonObject search(ToolCall call) {
        var words = Arrays.stream(call.text("query").toLowerCase(Locale.ROOT).split("\\W+", -1))
                .filter(word -> word.length() > 2)
                .toList();
        var found = catalogue.knowledge().all().stream()
                .filter(document -> score(document, words) > 0)
                .sorted(Comparator.comparingInt((JsonObject document) -> score(document, words))
                        .reversed())
                .limit(call.arguments().number("limit", 3))
                .toList();
        return Answers.list("documents", found);
    }

    private static int score(JsonObject document, List<String> words) {
        var text = (document.text("title", "") + ' ' + document.text("text", "")).toLowerCase(Locale.ROOT);
        return (int) words.stream().filter(text::contains).count();
    }
}
