package dev.portcullis.standalone.doctor;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Goes the way of a client from its name server to the list of tools, and stops where it goes no
/// further. One thread; used once.
public final class Examination {
    private final Target target;
    private final Means means;
    private final ConsoleFacts console;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<JsonNode> record = Optional.empty();

    /// @param console to ask for what the gateway does not tell clients
    public Examination(Target target, Means means, ConsoleFacts console) {
        this.target = target;
        this.means = means;
        this.console = console;
    }

    /// All findings in the order of the way.
    public List<Finding> run() {
        reach().ifPresent(this::speak);
        if (!console.isThere()) {
            findings.add(absent());
        }
        return List.copyOf(findings);
    }

    /// What the gateway's records have of the visit.
    public Optional<JsonNode> record() {
        return record;
    }

    /// Name, connection and TLS: what has to work before anybody can speak HTTP.
    private Optional<InetAddress> reach() {
        var named = new NameCheck(target, means.patience()).run();
        findings.add(named.finding());
        if (named.usable().isEmpty()) {
            return Optional.empty();
        }
        var connected = new ConnectionCheck(target, means.patience()).run(named.usable());
        findings.addAll(connected.findings());
        if (target.isEncrypted()) {
            connected.address().ifPresent(address -> findings.addAll(tls().run(address)));
        }
        return findings.stream().anyMatch(Finding::isProblem) ? Optional.empty() : connected.address();
    }

    private void speak(InetAddress address) {
        var stranger = new Stranger(target, address, tls(), means.patience());
        try (var conversation = new Conversation(target, address, means.tls(), means.token(), means.patience())) {
            var began = conversation.begin();
            if (began.exchange().isEmpty()) {
                findings.add(stranger.answered(began));
                return;
            }
            findings.add(Finding.ok(
                    Code.GATEWAY_ANSWERS,
                    "The gateway answers (exchange " + began.exchange().get() + ")."));
            var visit = visit(conversation, began);
            if (began.message().has("result")) {
                signedIn(visit).ifPresent(findings::add);
                tools(conversation, visit);
            } else {
                findings.addAll(Advice.about(visit));
            }
        } catch (IOException e) {
            findings.add(stranger.failed(e));
        }
    }

    private Visit visit(Conversation conversation, Answer answer) {
        record = answer.exchange().flatMap(console::record);
        if (console.isThere() && record.isEmpty()) {
            console.disregard("the console does not know of this exchange");
            findings.add(Finding.warning(
                    Code.CONSOLE_OF_ANOTHER_GATEWAY,
                    "The console has no record of this exchange: it belongs to another gateway, or the gateway cannot"
                            + " write its records now.",
                    "Compare --url or --data with the gateway's own console, and look at /readyz of the gateway."));
        }
        return new Visit(
                target,
                means.token(),
                answer,
                Challenge.of(answer).flatMap(challenge -> challenge.resource(conversation)),
                record,
                console.policy(),
                console,
                means.clock().instant());
    }

    private static Optional<Finding> signedIn(Visit visit) {
        return visit.recorded("caller").map(caller -> {
            var groups = visit.recordedList("caller_groups");
            return Finding.ok(
                    Code.SIGNED_IN,
                    "The gateway knows you as " + caller
                            + (groups.isEmpty() ? "" : " of " + String.join(", ", groups)) + ", at "
                            + visit.address() + ".");
        });
    }

    private void tools(Conversation conversation, Visit visit) {
        try {
            tools(conversation.listTools(), visit);
        } catch (IOException e) {
            findings.add(Finding.problem(
                    Code.TOOLS_BROKE_OFF,
                    "The gateway lets you in, and then the list of tools breaks off, or does not come in time ("
                            + e.getMessage() + ").",
                    "Look for this caller's last exchanges in the console, and at " + visit.upstream()
                            + "; something on the way may hold event streams back."));
        }
    }

    private void tools(List<Answer> pages, Visit visit) {
        var last = pages.getLast();
        if (!last.message().has("result")) {
            findings.addAll(
                    last.reason().isPresent()
                            ? Advice.about(visit.with(last))
                            : List.of(Finding.problem(
                                    Code.TOOLS_REFUSED,
                                    "The list of tools is refused by " + visit.upstream() + " (HTTP " + last.status()
                                            + "): " + last.complaint(),
                                    "Look at the upstream's own log.")));
            return;
        }
        var shown = pages.stream()
                .flatMap(page -> page.message().at("/result/tools").valueStream())
                .map(tool -> tool.path("name").asString(""))
                .collect(Collectors.toSet());
        findings.add(listed(shown));
        findings.addAll(HiddenTools.of(visit, shown));
    }

    private Finding listed(Set<String> shown) {
        return shown.isEmpty()
                ? Finding.problem(
                        Code.NO_TOOLS,
                        "You are let in, and see no tool at all.",
                        console.isThere()
                                ? "Below stands what hides them. What the upstream does not offer at all depends on"
                                        + " your role there."
                                : "Give this command a console (--url, --token) to learn which rule hides which; or the"
                                        + " upstream offers you none: check your role there.")
                : Finding.ok(
                        Code.TOOLS_LISTED,
                        shown.size() == 1 ? "There is 1 tool." : "There are " + shown.size() + " tools.");
    }

    private Finding absent() {
        return Finding.skipped(
                Code.CONSOLE_ABSENT,
                "Without a console it cannot be said which key, rule or credential it is, and which tools are hidden: "
                        + console.trouble(),
                "Give --url and PORTCULLIS_TOKEN, or the --data of a `portcullis up`.");
    }

    private TlsCheck tls() {
        return new TlsCheck(target, means.trust(), means.clock(), means.patience());
    }
}
