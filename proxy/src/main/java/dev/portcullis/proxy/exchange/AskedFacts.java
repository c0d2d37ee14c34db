package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.engine.ArgumentKeeper;
import dev.portcullis.policy.recorded.RecordedFacts;
import dev.portcullis.policy.recorded.RecordedFacts.Part;
import dev.portcullis.policy.recorded.RecordedFacts.Subject;
import dev.portcullis.proxy.audit.KeptText;
import dev.portcullis.proxy.audit.RecordedArguments;
import dev.portcullis.proxy.audit.RecordedResult;
import dev.portcullis.proxy.http.ShownCredential;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a record keeps of a question to the policy beside its other columns, so that the question can be
/// put to another policy later. Safe for all event loops.
public final class AskedFacts {
    private static final int MOST_ENTRIES = 256;
    private static final int LONGEST = 4_096;

    private final ValueDigests digests;
    private final ArgumentKeeper arguments;

    /// @param digests what tells hidden values apart
    public AskedFacts(ValueDigests digests) {
        this.digests = digests;
        this.arguments = new ArgumentKeeper(digests);
    }

    /// The arguments of a call as they are recorded.
    ///
    /// @param keeping what rules say of its record; empty when nobody knows, and some rule could hide something
    RecordedArguments arguments(String argumentsJson, ShownCredential shown, Optional<Keeping> keeping) {
        return keeping.map(known -> RecordedArguments.of(argumentsJson, shown::hideIn, digests, known.hidings()))
                .orElseGet(() -> RecordedArguments.unknown(argumentsJson, digests));
    }

    /// The result of a call as it is recorded; empty when no rule asks for it.
    Optional<String> result(String resultJson, ShownCredential shown, Keeping keeping) {
        return keeping.resultBytes().isEmpty()
                ? Optional.empty()
                : Optional.of(RecordedResult.of(
                        resultJson,
                        shown::hideIn,
                        digests,
                        keeping.hidings(),
                        keeping.resultBytes().getAsInt()));
    }

    /// Empty when the policy was not asked.
    ///
    /// @param recorded the arguments of the call, when it is one
    Optional<RecordedFacts> of(
            Stage last, Optional<Refusal> refusal, Optional<RecordedArguments> recorded, ShownCredential shown) {
        return switch (last) {
            case Stage.Decided decided ->
                Optional.of(
                        refusal.filter(AskedFacts::isLater).isPresent()
                                ? later()
                                : facts(document(decided.identified()), decided.input(), recorded, shown));
            case Stage.Asked asked ->
                Optional.of(facts(document(asked.decoded().identified()), asked.input(), recorded, shown));
            case Stage.Routed routed ->
                refusal.filter(Refusal.ConnectionDenied.class::isInstance).map(denied -> connection(routed, shown));
            case Stage.Received other -> Optional.empty();
            case Stage.Screened other -> Optional.empty();
            case Stage.Identified other -> Optional.empty();
            case Stage.Decoded other -> Optional.empty();
        };
    }

    /// Whether it is about something else than what the client asked for first.
    private static boolean isLater(Refusal refusal) {
        return refusal instanceof Refusal.MessageDenied
                || refusal instanceof Refusal.ConnectionDenied
                || refusal instanceof Refusal.AskingDenied
                || refusal instanceof Refusal.CutOff
                || refusal instanceof Refusal.CallCutOff
                || refusal instanceof Refusal.Undecided;
    }

    private static RecordedFacts later() {
        return new RecordedFacts(
                Subject.LATER,
                Wishes.none(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    private static RecordedFacts connection(Stage.Routed routed, ShownCredential shown) {
        var headers = routed.screened().received().headers();
        var wishes = Wishes.of(headers.all(Wishes.READ_ONLY_HEADER), headers.all(Wishes.ALLOWED_ACTIONS_HEADER));
        return new Sketch(Subject.CONNECTION, wishes, shown).facts();
    }

    private static PolicyDocument document(Stage.Identified identified) {
        return identified.routed().policy().document();
    }

    /// @param document the document that answered
    RecordedFacts facts(
            PolicyDocument document, PolicyInput input, Optional<RecordedArguments> recorded, ShownCredential shown) {
        return switch (input.question()) {
            case Question.ToolCall call -> {
                var sketch = new Sketch(Subject.TOOL_CALL, input, shown);
                sketch.look(Part.TOOL, Optional.of(call.tool().name()));
                yield sketch.facts(
                        call.tool().definition(),
                        call.tool().readOnlyHint(),
                        recorded.map(kept -> kept.forgets()
                                ? arguments.forget(kept.json(), kept.hidden())
                                : arguments.keep(document, call.argumentsJson(), kept.json(), kept.hidden())));
            }
            case Question.Message message -> {
                var sketch = new Sketch(Subject.MESSAGE, input, shown);
                yield sketch.facts(message.uris(), message.prompt());
            }
            case Question.Connection connection -> new Sketch(Subject.CONNECTION, input, shown).facts();
            case Question.RecordedCall other -> later();
            case Question.Methods other -> later();
            case Question.ToolList other -> later();
            case Question.PromptList other -> later();
            case Question.ResourceList other -> later();
        };
    }

    /// Facts in the making: parts that may not be kept as they are, are left out and named.
    private static final class Sketch {
        private final Subject subject;
        private final ShownCredential shown;
        private final Set<Part> altered = EnumSet.noneOf(Part.class);
        private final Wishes wishes;

        Sketch(Subject subject, Wishes wishes, ShownCredential shown) {
            this.subject = subject;
            this.shown = shown;
            this.wishes = check(Part.WISHES, wishes.allowedActions().orElseGet(List::of))
                    ? wishes
                    : new Wishes(wishes.readOnly(), Optional.empty());
        }

        Sketch(Subject subject, PolicyInput input, ShownCredential shown) {
            this(subject, input.wishes(), shown);
            look(Part.CLIENT, input.client().name());
            look(Part.CLIENT, input.client().version());
        }

        /// Looks at what stands in a column of its own, and is redacted by shape where it is written.
        void look(Part part, Optional<String> text) {
            if (text.filter(shown::isIn).isPresent()) {
                altered.add(part);
            }
        }

        /// Whether texts can be kept.
        boolean check(Part part, List<String> texts) {
            var can = texts.size() <= MOST_ENTRIES
                    && texts.stream().mapToInt(String::length).sum() <= LONGEST
                    && texts.stream().allMatch(text -> KeptText.isHarmless(text) && !shown.isIn(text));
            if (!can) {
                altered.add(part);
            }
            return can;
        }

        RecordedFacts facts() {
            return facts(List.of(), Optional.empty());
        }

        RecordedFacts facts(List<String> uris, Optional<String> prompt) {
            var keptUris = check(Part.URIS, uris) ? uris : List.<String>of();
            var keptPrompt = prompt.filter(name -> check(Part.PROMPT, List.of(name)));
            return facts(Optional.empty(), Optional.empty(), keptUris, keptPrompt, Optional.empty());
        }

        RecordedFacts facts(Optional<String> definition, Optional<Boolean> readOnlyHint, Optional<KeptArguments> kept) {
            return facts(definition, readOnlyHint, List.of(), Optional.empty(), kept);
        }

        private RecordedFacts facts(
                Optional<String> definition,
                Optional<Boolean> readOnlyHint,
                List<String> uris,
                Optional<String> prompt,
                Optional<KeptArguments> kept) {
            return new RecordedFacts(subject, wishes, definition, readOnlyHint, uris, prompt, altered, kept);
        }
    }
}
