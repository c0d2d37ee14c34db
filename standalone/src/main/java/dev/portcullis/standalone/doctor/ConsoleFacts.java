package dev.portcullis.standalone.doctor;

import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.standalone.client.ConsoleClient;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.Refused;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What a console says besides: records, policy, keys, credentials, kills. It says nothing when there is
/// no console, and no more from the moment on when it fails. One thread.
public final class ConsoleFacts {
    /// Records are written within a second.
    private static final Duration RECORDING = Duration.ofSeconds(5);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Optional<ConsoleClient> console;
    private String trouble;

    private ConsoleFacts(Optional<ConsoleClient> console, String trouble) {
        this.console = console;
        this.trouble = trouble;
    }

    public static ConsoleFacts of(ConsoleClient console) {
        return new ConsoleFacts(Optional.of(console), "");
    }

    /// @param why a sentence
    public static ConsoleFacts none(String why) {
        return new ConsoleFacts(Optional.empty(), why);
    }

    boolean isThere() {
        return console.isPresent();
    }

    /// Why it says nothing; empty while it does.
    String trouble() {
        return trouble;
    }

    /// Nothing it says counts from now on.
    void disregard(String why) {
        console = Optional.empty();
        trouble = why;
    }

    /// The record of an exchange that is over, without what was sent; waits until it is written.
    Optional<JsonNode> record(String exchange) {
        var end = System.nanoTime() + RECORDING.toNanos();
        var path = "tool-calls/" + exchange + "?payloads=false";
        var found = one(path);
        while (found.isEmpty() && isThere() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_NANOS);
            found = one(path);
        }
        return found;
    }

    /// The policy in force.
    public Optional<PolicyDocument> policy() {
        return policyText().map(DocumentReader::read).flatMap(read -> switch (read) {
            case ReadResult.Valid valid -> Optional.of(valid.document());
            case ReadResult.Invalid _ -> Optional.empty();
        });
    }

    public Optional<String> policyText() {
        return said(ConsoleClient::policy);
    }

    /// What the policy says to a request that nobody has sent.
    Optional<JsonNode> evaluate(JsonNode question) {
        return said(client -> Optional.of(client.post("policy/evaluate", question)));
    }

    /// The items of a list.
    List<JsonNode> list(String path) {
        return all(path).stream()
                .flatMap(list -> list.path("items").valueStream())
                .toList();
    }

    /// A whole answer.
    public Optional<JsonNode> all(String path) {
        return said(client -> Optional.of(client.get(path)));
    }

    /// One thing; empty too when there is none of that name.
    Optional<JsonNode> one(String path) {
        return said(client -> client.find(path));
    }

    private interface Question<T> {
        Optional<T> ask(ConsoleClient console);
    }

    private <T> Optional<T> said(Question<T> question) {
        try {
            return console.flatMap(question::ask);
        } catch (CannotStart | Refused e) {
            disregard(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
