package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;
import dev.portcullis.standalone.client.ConsoleClient;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Goes the way of a client from its name server to the list of tools, and stops at the first problem
/// that makes the rest pointless.
public final class Examination {
    private static final Pattern ROUTE = Pattern.compile("/mcp/([a-z0-9-]+)");
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");
    private static final String GATEWAY = "gateway";

    private final URI endpoint;
    private final Optional<Secret> token;
    private final Optional<ConsoleClient> console;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();

    /// @param endpoint of a route
    /// @param token a token or API key to show
    /// @param console to ask why tools are hidden
    public Examination(URI endpoint, Optional<Secret> token, Optional<ConsoleClient> console, Clock clock) {
        this.endpoint = endpoint;
        this.token = token;
        this.console = console;
        this.clock = clock;
    }

    /// All findings in the order of the way.
    public List<Finding> run() {
        findings.addAll(Reachability.check(endpoint));
        if (findings.stream().noneMatch(Finding::isProblem)) {
            try (var probe = new McpProbe(endpoint, token)) {
                speak(probe);
            } catch (IOException e) {
                findings.add(Finding.problem(
                        GATEWAY,
                        "What listens there does not answer in HTTP (" + e + ").",
                        "Check port and scheme of the URL."));
            }
        }
        return List.copyOf(findings);
    }

    private void speak(McpProbe probe) throws IOException {
        var began = probe.initialize();
        if (began.header("portcullis-exchange").isEmpty()) {
            findings.add(Finding.problem(
                    GATEWAY,
                    "Something answers there (HTTP " + began.status() + "), but it is not this gateway.",
                    "Another program has the port, a proxy answers in its place, or the name leads past the gateway."));
            return;
        }
        findings.add(Finding.ok(
                GATEWAY,
                "The gateway answers (exchange "
                        + began.header("portcullis-exchange").get() + ")"));
        if (began.reason().isPresent()) {
            findings.add(Advice.about(
                    began.reason().get(), began.body().at("/error/message").asString("")));
            token.ifPresent(secret -> compareToken(probe, began, secret));
        } else if (began.status() >= 400) {
            findings.add(refusedUpstream(began));
            token.ifPresent(secret -> compareToken(probe, began, secret));
        } else {
            tools(probe, began);
        }
    }

    private static Finding refusedUpstream(McpProbe.Answer answer) {
        return answer.status() == 401 || answer.status() == 403
                ? Finding.problem(
                        "sign-in",
                        "The upstream refuses the credential with HTTP " + answer.status() + ".",
                        "Sign in again. With Port, check the region: a token of the EU is refused in the US, and the other"
                                + " way round; and that your user may use MCP.")
                : Finding.problem(
                        "upstream",
                        "The upstream refuses to begin with HTTP " + answer.status() + ".",
                        "Check the path in the route's upstream, and the upstream's own log.");
    }

    private void compareToken(McpProbe probe, McpProbe.Answer answer, Secret secret) {
        Optional<String> resource = answer.header("www-authenticate")
                .map(METADATA::matcher)
                .filter(Matcher::find)
                .flatMap(found -> metadata(probe, URI.create(found.group(1))))
                .map(document -> document.path("resource").asString(""))
                .filter(text -> !text.isEmpty());
        findings.addAll(TokenReading.compare(secret, resource, endpoint, clock));
    }

    private static Optional<JsonNode> metadata(McpProbe probe, URI place) {
        try {
            return probe.document(place);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void tools(McpProbe probe, McpProbe.Answer began) throws IOException {
        var listed = probe.listTools(began.header("mcp-session-id"));
        if (listed.reason().isPresent()) {
            findings.add(Advice.about(
                    listed.reason().get(), listed.body().at("/error/message").asString("")));
            return;
        }
        var shown = listed.body()
                .at("/result/tools")
                .valueStream()
                .map(tool -> tool.path("name").asString())
                .collect(Collectors.toSet());
        findings.add(
                shown.isEmpty()
                        ? Finding.problem(
                                "tools",
                                "You are let in, and see no tool at all.",
                                "Below stands which rule hides which; or else the upstream offers you none: check your role there.")
                        : Finding.ok("tools", shown.size() + " tools are there"));
        hidden(shown);
    }

    private void hidden(Set<String> shown) {
        var route = ROUTE.matcher(endpoint.getPath());
        if (console.isEmpty() || !route.matches()) {
            findings.add(
                    Finding.skipped("tools", "Without a console it cannot be said which tools are hidden, and why"));
        } else {
            findings.addAll(new HiddenTools(console.get()).of(route.group(1), shown));
        }
    }
}
