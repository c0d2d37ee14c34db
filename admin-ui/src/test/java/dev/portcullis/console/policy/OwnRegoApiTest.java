package dev.portcullis.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import dev.portcullis.policy.rego.Compilation;
import dev.portcullis.policy.rego.Opa;
import dev.portcullis.policy.rego.RegoBundle;
import dev.portcullis.policy.rego.RegoCompiler;
import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The organization's own Rego at a console that has no compiler.
class OwnRegoApiTest {
    private static final String MODULES = "/api/v1/policy/draft/modules";
    private static final String VALIDATE = "/api/v1/policy/validate";
    private static final String SOURCE = """
            package portcullis.custom

            deny contains {"rule": "freeze", "message": "Frozen."} if input.tool.name == "list_entities"
            """;

    private static final String ENQUIRY = """
            {"route": "port-eu", "tool": "list_entities", "arguments": {}, "caller": {"subject": "dana"},
             "client": {"address": "203.0.113.7"}}
            """;

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    @AfterEach
    void publishWithoutModules() {
        assertThat(console.send("PUT", "/api/v1/policy/draft", "application/yaml", document("plain"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(putModules(Map.of()).statusCode()).isEqualTo(204);
        assertThat(publish().statusCode()).isEqualTo(201);
    }

    @Test
    void draftKeepsModulesBesideItsDocument() {
        // When
        var saved = putModules(Map.of("b.rego", "b", "a.rego", "a"));

        // Then
        assertThat(saved.statusCode()).isEqualTo(204);
        var draft = console.get(MODULES);
        assertThat(tag(draft)).isEqualTo(tag(saved)).isEqualTo(tag(console.get("/api/v1/policy/draft")));
        assertThat(RunningConsole.json(draft).at("/modules/0/path").asString()).isEqualTo("a.rego");
        assertThat(RunningConsole.json(console.get("/api/v1/policy/modules"))
                        .path("modules")
                        .isEmpty())
                .isTrue();
        assertThat(console.get("/api/v1/policy/draft").body()).isEqualTo(document("plain"));
    }

    @Test
    void staleWriteOfModulesIsRefused() {
        // Given
        var read = console.get(MODULES);
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", document("theirs"));

        // When
        var response = console.send(console.request(MODULES)
                .header("If-Match", tag(read))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"modules\": []}")));

        // Then
        assertThat(response.statusCode()).isEqualTo(412);
    }

    @Test
    void consoleWithoutCompilerSaysSoAndPublishesNothing() {
        // Given
        var before = tag(console.get("/api/v1/policy"));
        putModules(Map.of("freeze.rego", SOURCE));

        // When
        var response = publish();

        // Then
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(RunningConsole.json(response).at("/errors/0/expected").asString())
                .contains("policy.opa", "portcullis policy publish");
        assertThat(tag(console.get("/api/v1/policy"))).isEqualTo(before);
    }

    /// Each takes a process of the compiler and seconds of a processor.
    @Test
    void manyChecksOfModulesAtOnceDoNotTakeTheConsole() throws Exception {
        // Given
        putModules(Map.of("freeze.rego", SOURCE));
        try (var _ = new OccupiedTurns(console)) {
            // When
            var busy = console.post(VALIDATE, "");
            putModules(Map.of());
            var plain = console.post(VALIDATE, "");

            // Then
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(busy.headers().firstValue("retry-after")).isPresent();
            assertThat(RunningConsole.json(busy).path("detail").asString()).contains("come again");
            assertThat(plain.statusCode()).isEqualTo(200);
        }
        putModules(Map.of("freeze.rego", SOURCE));
        assertThat(console.post(VALIDATE, "").statusCode()).isEqualTo(422);
    }

    @Test
    void modulesWithoutTheirFormAreRefused() {
        assertThat(console.send("PUT", MODULES, "application/json", "{}").statusCode())
                .isEqualTo(400);
        assertThat(console.send("PUT", MODULES, "application/json", "{\"modules\": [{\"path\": \"a.rego\"}]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(console.send("PUT", MODULES, "application/gzip", "no bundle").statusCode())
                .isEqualTo(400);
        var bad = putModules(Map.of("../a.rego", "x"));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(RunningConsole.json(bad).at("/errors/0/path").asString()).isEqualTo("/modules/../a.rego");
    }

    @Test
    void bundleCompiledElsewhereIsPublishedExplainedAndRestored() {
        // Given
        var sent = console.send(console.request(MODULES)
                .header("Content-Type", "application/gzip")
                .PUT(BodyPublishers.ofByteArray(bundle())));
        assertThat(sent.statusCode()).isEqualTo(204);

        // When
        var response = publish();

        // Then
        assertThat(response.statusCode()).isEqualTo(201);
        var version = RunningConsole.json(response).path("version").asLong();
        assertThat(RunningConsole.json(console.get("/api/v1/policy/modules"))
                        .at("/modules/0/source")
                        .asString())
                .isEqualTo(SOURCE);
        assertThat(rules()).containsExactly("custom:freeze");
        assertThat(evaluated(console.tokenWith(Roles.VIEWER)).statusCode()).isEqualTo(200);

        // And a document alone keeps them; another version's modules come back with it
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", document("other"));
        assertThat(publish().statusCode()).isEqualTo(201);
        assertThat(rules()).containsExactly("custom:freeze");
        putModules(Map.of());
        assertThat(publish().statusCode()).isEqualTo(201);
        assertThat(rules()).isEmpty();
        console.post("/api/v1/policy/versions/" + version + "/restore", "");
        assertThat(rules()).containsExactly("custom:freeze");
        assertThat(RunningConsole.json(console.get(MODULES)).path("modules").size())
                .isEqualTo(1);
    }

    @Test
    void schemasArePublished() {
        for (var name : List.of("policy", "input", "decision")) {
            var schema = RunningConsole.json(console.get("/api/v1/policy/schemas/" + name));
            assertThat(schema.path("$id").asString()).endsWith(name + ".schema.json");
        }
        assertThat(console.get("/api/v1/policy/schemas/other").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> evaluated(String token) {
        return console.send(HttpRequest.newBuilder(console.uri("/api/v1/policy/evaluate"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ENQUIRY)));
    }

    private List<String> rules() {
        var answer = console.post("/api/v1/policy/evaluate", ENQUIRY);
        return RunningConsole.json(answer)
                .path("denials")
                .valueStream()
                .map(denial -> denial.path("rule").asString())
                .toList();
    }

    private static byte[] bundle() {
        var opa = Optional.ofNullable(System.getenv("OPA")).map(Path::of).or(() -> Opa.onPath(System.getenv("PATH")));
        Assumptions.assumeTrue(opa.isPresent(), "SKIPPED: no opa binary");
        var modules = new RegoModules(List.of(new RegoModule("freeze.rego", SOURCE)));
        var compiled = (Compilation.Compiled) new RegoCompiler(Opa.at(opa.get())).compile(modules, "{}");
        return new RegoBundle(modules, compiled.program()).archive();
    }

    private HttpResponse<String> putModules(Map<String, String> modules) {
        var body = Map.of(
                "modules",
                modules.entrySet().stream()
                        .map(module -> Map.of("path", module.getKey(), "source", module.getValue()))
                        .toList());
        return console.send(
                "PUT", MODULES, "application/json", JsonMapper.shared().writeValueAsString(body));
    }

    private HttpResponse<String> publish() {
        return console.post("/api/v1/policy/publish", "{\"comment\": \"test\"}");
    }

    private static String document(String message) {
        return RunningConsole.DOCUMENT.formatted(message);
    }

    private static String tag(HttpResponse<?> response) {
        return response.headers().firstValue("etag").orElse("");
    }
}
