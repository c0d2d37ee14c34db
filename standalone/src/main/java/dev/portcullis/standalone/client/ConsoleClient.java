package dev.portcullis.standalone.client;

import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Speaks to a console's REST API. One thread.
public final class ConsoleClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /// Until a long answer begins.
    private static final Duration DOWNLOAD = Duration.ofMinutes(5);
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int UNPROCESSABLE = 422;

    private final ConsoleAddress console;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final JsonMapper json = new JsonMapper();

    public ConsoleClient(ConsoleAddress console) {
        this.console = console;
    }

    /// The policy in force, as its author wrote it; empty when nothing has been published.
    public Optional<String> policy() {
        var response = send(request("policy").header("Accept", YAML).GET().build());
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(accepted(response));
    }

    /// The number of the version in force; empty when nothing has been published.
    public Optional<String> policyVersion() {
        var response = send(request("policy").header("Accept", YAML).GET().build());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        accepted(response);
        return response.headers().firstValue("portcullis-policy-version");
    }

    /// Makes `document` and `modules` the draft and publishes both, unless somebody else changes the draft
    /// meanwhile.
    ///
    /// @param modules empty to keep those of the draft
    /// @return what came of it, as a sentence
    public String publish(String document, Optional<ModulesUpload> modules, String comment) {
        var saved = send(request("policy/draft")
                .header("Content-Type", YAML)
                .PUT(BodyPublishers.ofString(document))
                .build());
        accepted(saved);
        for (var upload : modules.stream().toList()) {
            saved = send(request("policy/draft/modules")
                    .header("Content-Type", upload.mediaType())
                    .header("If-Match", tag(saved))
                    .PUT(BodyPublishers.ofByteArray(upload.body()))
                    .build());
            accepted(saved);
        }
        return outcome(parsed(accepted(send(request("policy/publish")
                .header("Content-Type", JSON)
                .header("Accept", JSON)
                .header("If-Match", tag(saved))
                .POST(BodyPublishers.ofString(
                        json.createObjectNode().put("comment", comment).toString()))
                .build()))));
    }

    /// Where a second person has to approve it, nothing is published yet.
    private static String outcome(JsonNode answer) {
        return answer.has("proposal")
                ? "Proposed as number " + answer.at("/proposal/id").asString()
                        + "; somebody else has to approve it. Nothing is published yet."
                : "Published as version " + answer.path("version").asString() + ".";
    }

    /// The organization's own Rego in force.
    public RegoModules modules() {
        return find("policy/modules")
                .map(answer -> new RegoModules(answer.path("modules")
                        .valueStream()
                        .map(module -> new RegoModule(
                                module.path("path").asString(),
                                module.path("source").asString()))
                        .toList()))
                .orElseGet(RegoModules::none);
    }

    private static String tag(HttpResponse<?> response) {
        return response.headers().firstValue("etag").orElse("*");
    }

    /// A document with its version; empty when there is none.
    ///
    /// @param path `policy` for the one in force, `policy/draft` or `policy/versions/7`
    public Optional<PolicyText> document(String path) {
        var response = send(request(path).header("Accept", YAML).GET().build());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        var text = accepted(response);
        return Optional.of(new PolicyText(
                text,
                response.headers().firstValue("portcullis-policy-version").orElse("0"),
                response.headers().firstValue("etag").orElse("").replace("\"", "")));
    }

    /// What the console says of a document, by the names that it has met; changes nothing.
    public Validation validate(String document) {
        var response = send(request("policy/validate")
                .header("Content-Type", YAML)
                .header("Accept", JSON)
                .POST(BodyPublishers.ofString(document))
                .build());
        if (response.statusCode() == BAD_REQUEST || response.statusCode() == UNPROCESSABLE) {
            var errors = Problem.errors(response.body());
            if (!errors.isEmpty()) {
                return new Validation(false, errors);
            }
        }
        var answer = parsed(accepted(response));
        if (!answer.path("valid").asBoolean(false)) {
            throw new Refused("What answers at " + console.base() + " does not say whether the document is valid.");
        }
        return new Validation(true, Problem.listed(answer.path("warnings")));
    }

    /// Publishes a document whatever the draft says.
    ///
    /// @return what came of it, as a sentence
    /// @throws StalePolicy when the version in force is another one than expected
    public String publish(PublishOrder order) {
        var source = order.source().map(from -> "&source=" + encoded(from)).orElse("");
        var response = send(request("policy?comment=" + encoded(order.comment()) + source)
                .header("Content-Type", YAML)
                .header("If-Match", '"' + order.tag() + '"')
                .PUT(BodyPublishers.ofString(order.document()))
                .build());
        if (response.statusCode() == PRECONDITION_FAILED) {
            throw StalePolicy.of(parsed(response.body()));
        }
        return outcome(parsed(accepted(response)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Everything that `GET` answers there.
    public JsonNode get(String path) {
        return parsed(accepted(send(request(path).header("Accept", JSON).GET().build())));
    }

    /// The same, or nothing when there is no such thing.
    public Optional<JsonNode> find(String path) {
        var response = send(request(path).header("Accept", JSON).GET().build());
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(parsed(accepted(response)));
    }

    public JsonNode post(String path, JsonNode body) {
        return parsed(accepted(send(request(path)
                .header("Content-Type", JSON)
                .header("Accept", JSON)
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                .build())));
    }

    public JsonNode put(String path, JsonNode body) {
        return parsed(accepted(send(request(path)
                .header("Content-Type", JSON)
                .header("Accept", JSON)
                .PUT(BodyPublishers.ofString(json.writeValueAsString(body)))
                .build())));
    }

    /// Copies an answer that may be long.
    ///
    /// @param headers besides the usual ones
    /// @throws IOException when it cannot be written, or breaks off
    public void download(String path, Map<String, String> headers, OutputStream out) throws IOException {
        var request = request(path).timeout(DOWNLOAD);
        headers.forEach(request::header);
        var response = send(request.GET().build(), BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() >= BAD_REQUEST) {
                throw refused(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            body.transferTo(out);
        }
    }

    public void delete(String path) {
        accepted(send(request(path).DELETE().build()));
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.resource(path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + console.token().reveal());
    }

    private HttpResponse<String> send(HttpRequest request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (ConnectException e) {
            throw new Refused("There is no " + noun() + " at " + console.base() + ".", e);
        } catch (IOException e) {
            throw new Refused("The " + noun() + " at " + console.base() + " does not answer: " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("Interrupted while waiting for the " + noun() + ".", e);
        }
    }

    private String accepted(HttpResponse<String> response) {
        if (response.statusCode() < BAD_REQUEST) {
            return response.body();
        }
        throw refused(response.statusCode(), response.body());
    }

    private RuntimeException refused(int status, String problem) {
        return status == UNAUTHORIZED
                ? new CannotStart(
                        "The " + noun() + " at " + console.base() + " does not know this token: check --token.")
                : new Refused("The " + noun() + " refuses with " + status + ": " + Problem.describe(problem));
    }

    private String noun() {
        return console.kind().noun();
    }

    private JsonNode parsed(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new Refused(
                    "What answers at " + console.base() + " is no " + noun() + ": its answer is not JSON.", e);
        }
    }
}
