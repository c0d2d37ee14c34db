package dev.portcullis.console.policytests;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// Makes a regression test of a request that somebody has tried out, which expects what was decided.
public final class AskedCase {
    private static final JsonMapper JSON = JsonMapper.shared();

    private AskedCase() {}

    /// @throws IllegalArgumentException when the name is none, or such a request cannot be written as a case
    public static PolicyTestCase of(String name, PolicyInput input, Decision decision, Optional<String> notGating) {
        return PolicyTestCase.of(name, when(input), then(input, decision), notGating);
    }

    private static JsonNode when(PolicyInput input) {
        var when = JSON.createObjectNode();
        question(when, input.question());
        when.put("route", input.route());
        when.put("time", input.time().toString());
        var caller = input.caller();
        if (caller.subject().isPresent()) {
            when.put("caller", caller.subject().get());
            texts(when, "groups", caller.groups());
            if (!caller.verified()) {
                when.put("unverified", true);
            }
        } else {
            when.put("anonymous", true);
        }
        input.client().name().ifPresentOrElse(client -> when.put("client", client), () -> when.put("noClient", true));
        when.put("address", input.client().address().getHostAddress());
        if (input.wishes().readOnly()) {
            texts(when, "readOnlyHeader", List.of("1"));
        }
        input.wishes()
                .allowedActions()
                .ifPresent(actions -> texts(when, "allowedActionsHeader", List.of(String.join(",", actions))));
        return when;
    }

    private static void question(ObjectNode when, Question question) {
        switch (question) {
            case Question.Connection _ -> when.put("connection", true);
            case Question.Message(var method, var uris, var prompt) -> message(when, method, uris, prompt);
            case Question.Methods(var methods) -> texts(when, "methods", methods);
            case Question.ToolCall(var _, var tool, var arguments) -> {
                when.put("call", tool.name());
                listed(when, tool);
                if (!arguments.equals("{}")) {
                    when.put("argumentsJson", arguments);
                }
            }
            case Question.ToolList(var tools) ->
                texts(when, "list", tools.stream().map(ListedTool::name).toList());
            case Question.PromptList(var prompts) -> texts(when, "prompts", prompts);
            case Question.ResourceList(var uris) -> texts(when, "resources", uris);
            case Question.RecordedCall _ ->
                throw new IllegalArgumentException("a call on record (expected: a request whose arguments are known)");
        }
    }

    private static void message(ObjectNode when, Optional<String> method, List<String> uris, Optional<String> prompt) {
        if (prompt.isPresent()) {
            when.put("prompt", prompt.get());
        } else if (method.isPresent()) {
            when.put("message", method.get());
            if (!uris.isEmpty()) {
                texts(when, "uris", uris);
            }
        } else {
            when.put("response", true);
        }
    }

    private static void listed(ObjectNode when, ListedTool tool) {
        if (tool.definition().isPresent() || tool.readOnlyHint().isPresent()) {
            var listed = when.putObject("listed");
            tool.definition().ifPresent(definition -> listed.put("definition", definition));
            tool.readOnlyHint().ifPresent(hint -> listed.put("readOnlyHint", hint));
        }
    }

    private static JsonNode then(PolicyInput input, Decision decision) {
        var then = JSON.createObjectNode();
        switch (decision) {
            case Decision.Allow allow -> {
                then.put("allowed", true);
                if (isList(input.question())) {
                    texts(then, "visible", allow.visible().stream().sorted().toList());
                }
            }
            case Decision.Deny deny -> texts(then, "denied", deny.rules());
            case Decision.Undecided undecided ->
                throw new IllegalArgumentException("undecided: " + undecided.reason() + " (expected: a decision)");
        }
        return then;
    }

    private static boolean isList(Question question) {
        return question instanceof Question.ToolList
                || question instanceof Question.PromptList
                || question instanceof Question.ResourceList;
    }

    private static void texts(ObjectNode node, String key, List<String> texts) {
        var list = node.putArray(key);
        texts.forEach(list::add);
    }
}
