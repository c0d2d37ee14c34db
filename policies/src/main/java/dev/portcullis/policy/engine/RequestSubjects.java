package dev.portcullis.policy.engine;

import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.ArgumentPointer;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.TimeWindow;
import dev.portcullis.policy.profile.Actions;
import tools.jackson.databind.JsonNode;

import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a request has where a condition looks, in words for people who ask why a rule does not match.
public final class RequestSubjects {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final int LONGEST = 80;

    private final PolicyInput input;
    private final Optional<PolicyFacts> facts;

    private RequestSubjects(PolicyInput input, Optional<PolicyFacts> facts) {
        this.input = input;
        this.facts = facts;
    }

    public static RequestSubjects of(PolicyDocument document, PolicyInput input) {
        return new RequestSubjects(input, PolicyFacts.of(document, input.route()));
    }

    /// The tool that the request names, as the policy sees it; empty when it names none.
    public Optional<Tool> tool() {
        return call().flatMap(call -> facts.map(known -> {
            var classification = known.classify(call.tool());
            return new Tool(
                    call.tool().name(),
                    classification.toolClass().wireName(),
                    classification.source().name().toLowerCase(Locale.ROOT),
                    known.review(call.tool()).wireName(),
                    actions().identifiers());
        }));
    }

    /// A tool as the policy sees it.
    ///
    /// @param source who says that this is its class
    /// @param review how its definition stands to the reviewed one
    /// @param actions what the call executes
    public record Tool(String name, String toolClass, String source, String review, List<String> actions) {
        public Tool {
            actions = List.copyOf(actions);
        }
    }

    /// What the request has of this kind; nothing when it has no such subject.
    ///
    /// @param condition what looks there
    public List<String> of(Condition.Key key, Condition condition) {
        return switch (key) {
            case ROUTES -> List.of(input.route());
            case GROUPS -> input.caller().groups();
            case CALLERS -> input.caller().subject().stream().toList();
            case CLIENTS -> input.client().name().stream().toList();
            case NETWORKS -> List.of(input.client().address().getHostAddress());
            case METHODS -> method().stream().toList();
            case TOOLS -> call().map(call -> call.tool().name()).stream().toList();
            case CLASSES -> tool().map(Tool::toolClass).stream().toList();
            case ACTIONS -> actions().identifiers();
            case PROMPTS -> message().flatMap(Question.Message::prompt).stream().toList();
            case URIS -> message().map(Question.Message::uris).orElseGet(List::of);
            case ARGUMENTS ->
                condition.arguments().stream()
                        .flatMap(tests -> tests.keySet().stream())
                        .map(this::argument)
                        .toList();
            case TIME -> condition.time().map(this::clock).stream().toList();
        };
    }

    private record Call(ListedTool tool, CallArguments arguments) {}

    private Optional<Call> call() {
        return switch (input.question()) {
            case Question.ToolCall call -> Optional.of(new Call(call.tool(), CallArguments.of(call)));
            case Question.RecordedCall call -> Optional.of(new Call(call.tool(), CallArguments.of(call)));
            case Question.Connection other -> Optional.empty();
            case Question.Message other -> Optional.empty();
            case Question.Methods other -> Optional.empty();
            case Question.ToolList other -> Optional.empty();
            case Question.PromptList other -> Optional.empty();
            case Question.ResourceList other -> Optional.empty();
        };
    }

    private Optional<Question.Message> message() {
        return input.question() instanceof Question.Message message ? Optional.of(message) : Optional.empty();
    }

    private Optional<String> method() {
        return call().map(call -> "tools/call").or(() -> message().flatMap(Question.Message::method));
    }

    private Actions actions() {
        return call().flatMap(call -> facts.flatMap(known -> call.arguments().actions(known, call.tool())))
                .orElse(Actions.NONE);
    }

    private String argument(ArgumentPointer pointer) {
        return call().map(call -> pointer + ": " + shown(call.arguments(), pointer))
                .orElseGet(() -> pointer + ": no arguments");
    }

    private static String shown(CallArguments arguments, ArgumentPointer pointer) {
        try {
            var value = ArgumentTree.at(arguments.tree(), pointer.keys());
            return ArgumentTree.hidden(value).map(HiddenValue::kind).isPresent() ? "hidden" : shown(value);
        } catch (NoAnswer notReadable) {
            return "not readable";
        }
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "absent";
        }
        var text = value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private String clock(TimeWindow window) {
        var local = input.time().atZone(window.zone());
        return local.getDayOfWeek()
                        .getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                        .toLowerCase(Locale.ROOT) + " " + CLOCK.format(local) + " " + window.zone();
    }
}
