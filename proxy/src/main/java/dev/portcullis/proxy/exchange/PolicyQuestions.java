package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.proxy.identity.Caller;
import dev.portcullis.proxy.mcp.ClientSoftware;
import dev.portcullis.proxy.mcp.McpMessage;

import java.time.Instant;
import java.util.Optional;

/// What the policy is asked about a request on its way.
final class PolicyQuestions {
    private PolicyQuestions() {}

    /// May they talk to this route from where they are?
    static PolicyInput connection(Stage.Routed routed, Caller caller, Optional<ClientSoftware> software) {
        var received = routed.screened().received();
        return new PolicyInput(
                received.exchange().value(),
                routed.policy().document().organization(),
                received.at(),
                routed.route().name(),
                caller.facts(),
                client(software, received),
                Wishes.of(
                        received.headers().all(Wishes.READ_ONLY_HEADER),
                        received.headers().all(Wishes.ALLOWED_ACTIONS_HEADER)),
                new Question.Connection());
    }

    /// May this message pass? The body may be there long after the head, when other hours have begun.
    ///
    /// @param now when the message is complete
    static PolicyInput message(Stage.Decoded decoded, Instant now) {
        var identified = decoded.identified();
        var connection = identified.connection();
        return new PolicyInput(
                connection.exchange(),
                connection.organization(),
                now,
                connection.route(),
                connection.caller(),
                client(decoded.software(), identified.routed().screened().received()),
                connection.wishes(),
                question(decoded));
    }

    private static Question question(Stage.Decoded decoded) {
        return switch (decoded.message()) {
            case McpMessage.ToolCall call ->
                new Question.ToolCall(
                        call.method().orElseThrow(), decoded.tool().orElseThrow(), call.argumentsJson());
            case McpMessage.ToolList list -> new Question.Message(list.method());
            case McpMessage.OtherRequest request ->
                new Question.Message(request.method(), request.uris(), request.prompt());
            case McpMessage.Notification notification -> new Question.Message(notification.method());
            case McpMessage.Answer answer -> new Question.Message(answer.method());
        };
    }

    private static ClientFacts client(Optional<ClientSoftware> software, Stage.Received received) {
        return new ClientFacts(
                software.map(ClientSoftware::name),
                software.flatMap(ClientSoftware::version),
                received.clientAddress());
    }
}
