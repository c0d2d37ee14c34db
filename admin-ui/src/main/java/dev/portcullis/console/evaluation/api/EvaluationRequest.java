package dev.portcullis.console.evaluation.api;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import tools.jackson.databind.JsonNode;

import java.net.InetAddress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One request to ask about. Everything but the route may be left out.
///
/// @param policy `published` (default) or `draft`
/// @param time when it happens; now when absent
/// @param uris what the message names, when there is a method and no tool
/// @param tools to ask which of these may be seen, instead of asking about a call
/// @param headers the client's control headers
record EvaluationRequest(
        Optional<String> policy,
        Optional<String> organization,
        Optional<OffsetDateTime> time,
        Optional<String> route,
        Optional<Caller> caller,
        Optional<Client> client,
        Optional<String> method,
        Optional<List<String>> uris,
        Optional<String> tool,
        Optional<JsonNode> arguments,
        Optional<List<String>> tools,
        Optional<Headers> headers) {

    record Caller(Optional<String> subject, Optional<String> kind, Optional<List<String>> groups) {}

    record Client(Optional<String> name, Optional<String> version, Optional<String> address) {}

    record Headers(Optional<List<String>> readOnlyMode, Optional<List<String>> allowedActionsToRun) {}

    boolean isAboutDraft() {
        return policy.filter("draft"::equals).isPresent();
    }

    /// @throws IllegalArgumentException when something cannot be asked
    PolicyInput input(Instant now) {
        if (policy.filter(name -> !List.of("published", "draft").contains(name)).isPresent()) {
            throw new IllegalArgumentException("policy: " + policy.get() + " (expected: published or draft)");
        }
        return new PolicyInput(
                UUID.randomUUID(),
                organization.orElse(""),
                time.map(OffsetDateTime::toInstant).orElse(now),
                route.orElseThrow(() -> new IllegalArgumentException("route: (expected: a route's name)")),
                callerFacts(),
                clientFacts(),
                wishes(),
                question());
    }

    private CallerFacts callerFacts() {
        return caller.flatMap(who -> who.subject()
                        .map(subject -> new CallerFacts(
                                Optional.of(subject),
                                who.kind().orElse("person"),
                                who.groups().orElseGet(List::of),
                                true)))
                .orElseGet(CallerFacts::anonymous);
    }

    private ClientFacts clientFacts() {
        return new ClientFacts(
                client.flatMap(Client::name),
                client.flatMap(Client::version),
                InetAddress.ofLiteral(client.flatMap(Client::address).orElse("127.0.0.1")));
    }

    private Wishes wishes() {
        return Wishes.of(
                headers.flatMap(Headers::readOnlyMode).orElseGet(List::of),
                headers.flatMap(Headers::allowedActionsToRun).orElseGet(List::of));
    }

    private Question question() {
        if (tools.isPresent()) {
            return new Question.ToolList(
                    tools.get().stream().map(ListedTool::unseen).toList());
        }
        if (tool.isPresent()) {
            return new Question.ToolCall(
                    method.orElse("tools/call"),
                    ListedTool.unseen(tool.get()),
                    arguments.map(JsonNode::toString).orElse("{}"));
        }
        if (method.isEmpty() && uris.isPresent()) {
            throw new IllegalArgumentException("method: (expected: the method of the message that names uris)");
        }
        return method.isPresent() ? new Question.Message(method, uris.orElseGet(List::of)) : new Question.Connection();
    }
}
