package dev.portcullis.policy.recorded;

import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.KeptArguments.Reading;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.recorded.RecordedFacts.Part;
import dev.portcullis.policy.recorded.RecordedFacts.Subject;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/// One record of the audit trail, as far as the policy asks.
///
/// @param decision what was decided: `allowed`, `denied`, `undecided`, or `none`
/// @param rules what refused it
/// @param argumentsJson the arguments that were kept
/// @param factsJson the rest of what the policy was asked; absent in records of older versions
public record RecordedExchange(
        UUID id,
        Instant occurredAt,
        Optional<String> organization,
        Optional<String> route,
        Optional<String> method,
        Optional<String> tool,
        Optional<String> caller,
        Optional<String> callerKind,
        List<String> callerGroups,
        boolean callerVerified,
        Optional<String> clientName,
        Optional<String> clientVersion,
        Optional<InetAddress> clientAddress,
        String decision,
        List<String> rules,
        OptionalLong policyVersion,
        Optional<String> argumentsJson,
        Optional<String> factsJson) {
    /// What stands for a caller without a subject; no subject is a single word.
    private static final String ANONYMOUS = "anonymous";

    public RecordedExchange {
        callerGroups = List.copyOf(callerGroups);
        rules = List.copyOf(rules);
    }

    /// What the policy was asked, or why that cannot be said.
    ///
    /// @param digests the key of this installation
    public Reconstruction reconstruct(Optional<ValueDigests> digests) {
        if (factsJson.isEmpty()) {
            return new Reconstruction.Impossible("the record is from before such facts were kept");
        }
        if (route.isEmpty() || clientAddress.isEmpty()) {
            return new Reconstruction.Impossible("the record is not complete");
        }
        return FactsReader.read(factsJson.get(), argumentsJson, digests)
                .map(this::reconstruct)
                .orElseGet(() -> new Reconstruction.Impossible("the facts in the record cannot be understood"));
    }

    private Reconstruction reconstruct(RecordedFacts facts) {
        if (!facts.altered().isEmpty()) {
            return new Reconstruction.Impossible("the record hides a part of the question: "
                    + facts.altered().stream().map(Part::wireName).sorted().collect(Collectors.joining(", ")));
        }
        if (facts.subject() == Subject.LATER) {
            return new Reconstruction.Later();
        }
        if (isIncomplete(facts)) {
            return new Reconstruction.Impossible("the record is not complete");
        }
        var lenient = input(facts, Reading.LENIENT);
        return facts.arguments().map(KeptArguments::isWhole).orElse(true)
                ? new Reconstruction.Exact(lenient)
                : new Reconstruction.TwoReadings(lenient, input(facts, Reading.STRICT));
    }

    /// Only of a connection that nobody may make it is not asked whose it is.
    private boolean isIncomplete(RecordedFacts facts) {
        return switch (facts.subject()) {
            case CONNECTION, LATER -> false;
            case MESSAGE -> callerKind.isEmpty();
            case TOOL_CALL ->
                callerKind.isEmpty() || tool.isEmpty() || facts.arguments().isEmpty();
        };
    }

    private PolicyInput input(RecordedFacts facts, Reading reading) {
        var kind = callerKind.orElse(ANONYMOUS);
        return new PolicyInput(
                id,
                organization.orElse(""),
                occurredAt,
                route.orElseThrow(),
                new CallerFacts(
                        caller.filter(subject -> !subject.equals(ANONYMOUS)), kind, callerGroups, callerVerified),
                new ClientFacts(clientName, clientVersion, clientAddress.orElseThrow()),
                facts.wishes(),
                question(facts, reading));
    }

    private Question question(RecordedFacts facts, Reading reading) {
        return switch (facts.subject()) {
            case CONNECTION, LATER -> new Question.Connection();
            case MESSAGE -> new Question.Message(method, facts.uris(), facts.prompt());
            case TOOL_CALL ->
                new Question.RecordedCall(
                        method.orElse("tools/call"),
                        new ListedTool(tool.orElseThrow(), facts.definition(), facts.readOnlyHint()),
                        facts.arguments().orElseThrow(),
                        reading);
        };
    }
}
