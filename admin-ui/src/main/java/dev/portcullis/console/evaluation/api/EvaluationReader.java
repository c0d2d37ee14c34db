package dev.portcullis.console.evaluation.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.evaluation.Enquiry;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.policy.api.PolicyChoices;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Reads one request to ask about. Everything but the route may be left out: the policy in force, now,
/// an anonymous caller on this machine, and the question whether it may connect at all. With `exchange`
/// it is a request on record, and there is nothing else to say.
final class EvaluationReader {
    private static final Set<String> KEYS = Set.of(
            "policy",
            "exchange",
            "organization",
            "time",
            "route",
            "caller",
            "client",
            "method",
            "uris",
            "prompt",
            "tool",
            "arguments",
            "tools",
            "headers");

    private static final List<String> ABOUT_MESSAGES = List.of("uris", "prompt");

    private EvaluationReader() {}

    /// @throws BadRequestException that names what cannot be asked
    static Enquiry read(JsonPlace body, Instant now) {
        body.withKeys(KEYS);
        var policy = body.get("policy").map(PolicyChoices::read).orElseGet(PolicyChoice.Published::new);
        var exchange = body.get("exchange");
        if (exchange.isPresent()) {
            body.withKeys(Set.of("policy", "exchange"));
            return new Enquiry.Recorded(policy, id(exchange.get()));
        }
        return new Enquiry.Imagined(
                policy,
                new PolicyInput(
                        UUID.randomUUID(),
                        text(body, "organization").orElse(""),
                        body.get("time").map(JsonPlace::time).orElse(now),
                        body.required("route", "a route's name").text(),
                        body.get("caller").map(EvaluationReader::caller).orElseGet(CallerFacts::anonymous),
                        body.get("client").map(EvaluationReader::client).orElseGet(EvaluationReader::nearby),
                        body.get("headers").map(EvaluationReader::wishes).orElseGet(Wishes::none),
                        question(body)));
    }

    private static UUID id(JsonPlace place) {
        try {
            return UUID.fromString(place.text());
        } catch (IllegalArgumentException e) {
            throw place.wrong("the id of an exchange");
        }
    }

    private static CallerFacts caller(JsonPlace place) {
        place.withKeys(Set.of("subject", "kind", "groups", "verified"));
        var subject = text(place, "subject");
        return new CallerFacts(
                subject,
                text(place, "kind").orElse(subject.isPresent() ? "person" : "anonymous"),
                place.get("groups").map(JsonPlace::texts).orElseGet(List::of),
                place.get("verified").map(JsonPlace::flag).orElse(subject.isPresent()));
    }

    private static ClientFacts client(JsonPlace place) {
        place.withKeys(Set.of("name", "version", "address"));
        return new ClientFacts(
                text(place, "name"),
                text(place, "version"),
                place.get("address").map(EvaluationReader::address).orElseGet(InetAddress::getLoopbackAddress));
    }

    private static ClientFacts nearby() {
        return new ClientFacts(Optional.empty(), Optional.empty(), InetAddress.getLoopbackAddress());
    }

    private static InetAddress address(JsonPlace place) {
        try {
            return InetAddress.ofLiteral(place.text());
        } catch (IllegalArgumentException e) {
            throw place.wrong("an IP address");
        }
    }

    private static Wishes wishes(JsonPlace place) {
        place.withKeys(Set.of("readOnlyMode", "allowedActionsToRun"));
        return Wishes.of(
                place.get("readOnlyMode").map(JsonPlace::texts).orElseGet(List::of),
                place.get("allowedActionsToRun").map(JsonPlace::texts).orElseGet(List::of));
    }

    private static Question question(JsonPlace body) {
        if (body.get("tools").isPresent()) {
            without(body, "tools", "tool", "arguments", "uris", "prompt");
            return new Question.ToolList(body.required("tools", "tools").list("a list of tools").stream()
                    .map(EvaluationReader::tool)
                    .toList());
        }
        if (body.get("tool").isPresent()) {
            without(body, "tool", "uris", "prompt");
            return new Question.ToolCall(
                    text(body, "method").orElse("tools/call"),
                    tool(body.required("tool", "a tool")),
                    body.get("arguments").map(EvaluationReader::arguments).orElse("{}"));
        }
        if (body.get("arguments").isPresent()) {
            body.required("tool", "the tool that is called with arguments");
        }
        return message(body);
    }

    private static Question message(JsonPlace body) {
        for (var key : ABOUT_MESSAGES) {
            if (body.get(key).isPresent()) {
                body.required("method", "the method of the message with " + key);
            }
        }
        return text(body, "method")
                .<Question>map(method -> new Question.Message(
                        Optional.of(method),
                        body.get("uris").map(JsonPlace::texts).orElseGet(List::of),
                        text(body, "prompt")))
                .orElseGet(Question.Connection::new);
    }

    /// A name, or an object that says more.
    private static ListedTool tool(JsonPlace place) {
        if (place.node().isString()) {
            return ListedTool.unseen(place.text());
        }
        place.withKeys(Set.of("name", "definition", "readOnlyHint"));
        return new ListedTool(
                place.required("name", "the tool's name").text(),
                place.get("definition").map(EvaluationReader::definition),
                place.get("readOnlyHint").map(JsonPlace::flag));
    }

    private static String definition(JsonPlace place) {
        if (!ListedTool.isDefinition(place.text())) {
            throw place.wrong("sha256: and 64 hexadecimal digits");
        }
        return place.text();
    }

    private static String arguments(JsonPlace place) {
        if (!place.node().isObject()) {
            throw place.wrong("an object");
        }
        return place.node().toString();
    }

    private static void without(JsonPlace body, String key, String... others) {
        var unfit = new HashSet<>(List.of(others));
        unfit.removeIf(other -> body.get(other).isEmpty());
        unfit.stream().sorted().findFirst().flatMap(body::get).ifPresent(place -> {
            throw place.wrong("nothing beside " + key);
        });
    }

    private static Optional<String> text(JsonPlace place, String key) {
        return place.get(key).map(JsonPlace::text);
    }
}
