package dev.portcullis.console.policy.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.net.InetAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One case for the test bench, as somebody has written it down; what is empty is left to what is usual. It lives in
/// the URL, so that a case can be handed on.
///
/// @param policy `draft` or `published`
/// @param caller nobody in particular when empty
/// @param groups separated by commas
/// @param address this machine's when empty
/// @param time an instant, or now when empty
/// @param tool when empty, the question is whether the caller may connect at all
/// @param arguments a JSON object
record BenchInputs(
        String policy,
        String route,
        String caller,
        String groups,
        String client,
        String address,
        String time,
        String tool,
        String arguments) {
    static final String DRAFT = "draft";
    static final String PUBLISHED = "published";

    static BenchInputs of(QueryParameters parameters) {
        return new BenchInputs(
                one(parameters, "policy").filter(PUBLISHED::equals).orElse(DRAFT),
                one(parameters, "route").orElse(""),
                one(parameters, "caller").orElse(""),
                one(parameters, "groups").orElse(""),
                one(parameters, "client").orElse(""),
                one(parameters, "address").orElse(""),
                one(parameters, "time").orElse(""),
                one(parameters, "tool").orElse(""),
                one(parameters, "arguments").orElse(""));
    }

    /// Whether there is a case at all.
    boolean isAsked() {
        return !route.isEmpty();
    }

    Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("policy", policy);
        parameters.put("route", route);
        parameters.put("caller", caller);
        parameters.put("groups", groups);
        parameters.put("client", client);
        parameters.put("address", address);
        parameters.put("time", time);
        parameters.put("tool", tool);
        parameters.put("arguments", arguments);
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    /// @throws IllegalArgumentException that names what cannot be asked
    PolicyInput input(Instant now) {
        var subject = Optional.of(caller).filter(name -> !name.isEmpty());
        return new PolicyInput(
                UUID.randomUUID(),
                "",
                time.isEmpty() ? now : instant(),
                route,
                new CallerFacts(
                        subject,
                        subject.isPresent() ? "person" : "anonymous",
                        RuleForm.entries(groups, ","),
                        subject.isPresent()),
                new ClientFacts(
                        Optional.of(client).filter(name -> !name.isEmpty()),
                        Optional.empty(),
                        address.isEmpty() ? InetAddress.getLoopbackAddress() : ip()),
                Wishes.none(),
                tool.isEmpty()
                        ? new Question.Connection()
                        : new Question.ToolCall("tools/call", ListedTool.unseen(tool), object()));
    }

    private Instant instant() {
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("time: " + time + " (expected: a time such as 2026-11-27T18:00:00Z)", e);
        }
    }

    private InetAddress ip() {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("address: " + address + " (expected: an IP address)", e);
        }
    }

    private String object() {
        var expected = " (expected: a JSON object)";
        try {
            var node = JsonMapper.shared().readTree(arguments.isBlank() ? "{}" : arguments);
            if (node == null || !node.isObject()) {
                throw new IllegalArgumentException("arguments: " + arguments + expected);
            }
            return node.toString();
        } catch (JacksonException e) {
            throw new IllegalArgumentException("arguments: " + e.getOriginalMessage() + expected, e);
        }
    }

    private static Optional<String> one(QueryParameters parameters, String name) {
        return parameters.getSingleParameter(name);
    }
}
