package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The example files are what this module really writes, they keep to the schemas, and the tests in
/// Rego use the same files. What the schemas refuse is refused by the reader too.
class ExamplesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Kill KILL = new Kill(
            UUID.fromString("00000000-0000-0000-0000-00000000000a"),
            KillScope.of(Map.of("tools", List.of("delete_*"))),
            List.of("on-call"),
            "incident 42",
            Optional.empty(),
            Optional.of(Instant.parse("2026-11-23T00:00:00Z")));

    private static final String DEFINITION = "sha256:" + "0123456789abcdef".repeat(4);

    @Test
    void publishedExampleIsTheDocumentsPublishedForm() {
        assertThat(JSON.readTree(PublishedData.write(document(), 3, List.of(KILL))))
                .isEqualTo(json("published.json"));
    }

    @Test
    void inputExamplesAreWhatIsWritten() {
        // Given
        var writer = new InputWriter(document());
        var written = JSON.createObjectNode();

        // When
        inputs().forEach((name, input) -> written.set(name, JSON.readTree(writer.write(input))));

        // Then
        assertThat(written).isEqualTo(json("inputs.json"));
        for (var input : written) {
            assertThat(schema("input").validate(input)).isEmpty();
        }
    }

    @Test
    @Tag("slow")
    void decisionsKeepToTheirSchema() {
        // Given
        var evaluator = CompiledPolicy.shipped().evaluator(PublishedData.write(document(), 3, List.of(KILL)));
        var writer = new InputWriter(document());

        inputs().values().forEach(input -> {
            // When
            var answer = JSON.readTree(evaluator.evaluate(Evaluator.Entrypoint.DECISION, writer.write(input)));

            // Then
            assertThat(schema("decision").validate(answer.get(0).get("result"))).isEmpty();
        });
    }

    @Test
    void exampleDocumentKeepsToTheSchema() {
        assertThat(schema("policy").validate(text("policy.yaml"), InputFormat.YAML))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: [{id: a}]",
                "rules: [{id: a, readOnly: true, deny: true}]",
                "rules: [{id: a, readOnly: false}]",
                "rules: [{id: a, readOnly: true, extra: 1}]",
                "rules: [{readOnly: true}]",
                "rules: [{id: 'a b', readOnly: true}]",
                "rules: [{id: a, mode: off, readOnly: true}]",
                "rules: [{id: a, deniedTools: ['a?']}]",
                "rules: [{id: a, allowedActions: ['a*']}]",
                "rules: [{id: a, limit: {calls: 1}}]",
                "rules: [{id: a, allowedDomains: ['a*.x.org']}]",
                "rules: [{id: a, blockedDomains: ['https://x.org']}]",
                "rules: [{id: a, blockedDomains: [x.org], allowedDomains: [y.org]}]",
                "rules: [{id: a, deny: true, match: {uris: ['']}}]",
                "rules: [{id: a, deny: true, match: {time: {}}}]",
                "rules: [{id: a, deny: true, match: {time: {zone: UTC}}}]",
                "rules: [{id: a, deny: true, match: {arguments: {env: [prod]}}}]",
                "rules: [{id: a, deny: true, match: {arguments: {/env: prod}}}]",
                "rules: [{id: a, deny: true, match: {arguments: {/env: {absent: false}}}}]",
                "rules: [{id: a, limit: {calls: 0, per: minute, by: caller}}]",
                "rules: [{id: a, limit: {calls: 1, per: week, by: caller}}]",
                "rules: [{id: a, redact: {}}]",
                "rules: [{id: a, redact: {keep: digest}}]",
                "rules: [{id: a, redact: {arguments: []}}]",
                "rules: [{id: a, redact: {arguments: [salary]}}]",
                "rules: [{id: a, redact: {arguments: ['/a**']}}]",
                "rules: [{id: a, redact: {arguments: [/a], keep: all}}]",
                "rules: [{id: a, redact: {results: /a}}]",
                "rules: [{id: a, recordResult: true}]",
                "rules: [{id: a, recordResult: {maxBytes: 65537}}]",
                "tools: {a: {b: {class: read, definition: sha1}}}",
                "routes: {A: {upstream: sandbox}}",
                "routes: {a: {upstream: 'ftp://x'}}",
                "routes: {a: {upstream: 'https://u:p@x'}}",
                "routes: {a: {upstream: sandbox, authentication: gateway, credential: A}}",
                "organization: 7",
                "rules: [{id: a, deny: true, message: 7}]",
                "rules: [{id: a, deny: true, match: {classes: [reader]}}]",
                "rules: [{id: a, deny: true, match: {groups: ['a**']}}]",
                "rules: [{id: a, deny: true, match: {groups: x}}]",
                "rules: [{id: a, deny: true, match: {time: {from: '9:00'}}}]",
                "rules: [{id: a, allowedNetworks: [10.0.0.0]}]",
                "routes: {a: {upstream: 'https://x', credential: a}}",
                "routes: {a: {upstream: 'https://x', profile: ports}}",
                "tools: {}\nelse: {}"
            })
    void whatTheSchemaRefusesTheReaderRefuses(String part) {
        // Given
        var text = "apiVersion: portcullis/v1\norganization: acme\n" + part + "\n";

        // Then
        assertThat(schema("policy").validate(text, InputFormat.YAML)).isNotEmpty();
        assertThat(DocumentReader.read(text)).isInstanceOf(ReadResult.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: []",
                "rules: [{id: a, description: '', message: '', deny: true}]",
                "rules: [{id: a, allowedActions: ['a b/c']}]",
                "rules: [{id: a, allowedTools: []}]",
                "rules: [{id: a, deny: true, match: {}, except: {groups: []}}]",
                "rules: [{id: a, deny: true, match: {arguments: {/a~1b/~0: [1, 1.5e3, true, null, x], /: {matches: a}}}}]",
                "rules: [{id: a, deny: true, match: {time: {from: '00:01', to: '24:00'}}}]",
                "rules: [{id: a, deny: true, match: {networks: ['::/0', 0.0.0.0/0], uris: ['*']}}]",
                "rules: [{id: a, blockedDomains: ['*.bücher.example', '2001:db8::1', 192.0.2.7, X.org]}]",
                "rules: [{id: A.b_c-1, limit: {calls: 1000000, per: second, by: organization}}]",
                "routes: {a: {upstream: 'HTTPS://x.org:8443/y?z=1', hosts: [a.org], profile: port}}",
                "routes: {a: {upstream: sandbox}}\ntools: {a: {b/c: {class: admin}}}"
            })
    void whatTheReaderAcceptsTheSchemaAccepts(String part) {
        // Given
        var text = "apiVersion: portcullis/v1\norganization: acme\n" + part + "\n";

        // Then
        assertThat(DocumentReader.read(text)).isInstanceOf(ReadResult.Valid.class);
        assertThat(schema("policy").validate(text, InputFormat.YAML)).isEmpty();
    }

    static Map<String, PolicyInput> inputs() {
        var run = new Question.ToolCall(
                "tools/call", ListedTool.unseen("run_action"), "{\"actionIdentifier\":\"deploy_service\"}");
        var inputs = new LinkedHashMap<String, PolicyInput>();
        inputs.put("connection", Inputs.ask(new Question.Connection()));
        inputs.put("initialize", Inputs.ask(new Question.Message(Optional.of("initialize"))));
        inputs.put("response", Inputs.ask(new Question.Message(Optional.empty())));
        inputs.put(
                "listen",
                Inputs.ask(new Question.Message(
                        Optional.of("subscriptions/listen"), List.of("https://docs.example/a", "file:///secret/b"))));
        inputs.put("methods", Inputs.ask(new Question.Methods(List.of("sampling/createMessage", "roots/list"))));
        inputs.put("paste", Inputs.call("list_entities", "{\"to\":\"see https://a.pastebin.example/x\"}"));
        inputs.put("paste_in_doubt", Inputs.call("list_entities", "{\"to\":\"https://a@b.example/x\"}"));
        inputs.put("read", Inputs.call("list_entities", "{}"));
        inputs.put("write", Inputs.call("upsert_entity", "{}"));
        inputs.put("run", Inputs.ask(run));
        inputs.put("run_by_platform", byPlatform(Inputs.ask(run)));
        inputs.put("run_in_doubt", byPlatform(Inputs.call("run_action", "{\"actionIdentifier\":7}")));
        inputs.put("list", Inputs.ask(Inputs.list(List.of("list_entities", "upsert_entity", "delete_entity"))));
        var seen = new ListedTool("upsert_entity", Optional.of(DEFINITION), Optional.of(false));
        inputs.put("seen", Inputs.ask(new Question.ToolCall("tools/call", seen, "{\"entity\":{\"tier\":1}}")));
        inputs.put(
                "production",
                Inputs.call("list_entities", "{\"properties\":{\"environment\":[\"test\",\"production\"]}}"));
        inputs.put(
                "prompt",
                Inputs.ask(new Question.Message(Optional.of("prompts/get"), List.of(), Optional.of("troubleshoot"))));
        inputs.put("prompts", Inputs.ask(new Question.PromptList(List.of("troubleshoot", "secret_one"))));
        inputs.put(
                "resources",
                Inputs.ask(new Question.ResourceList(List.of("docs://a", "https://a.pastebin.example/x"))));
        return inputs;
    }

    private static PolicyInput byPlatform(PolicyInput input) {
        return new PolicyInput(
                input.exchange(),
                input.organization(),
                input.time(),
                input.route(),
                new PolicyInput.CallerFacts(Optional.of("grace"), "jwt", List.of("platform"), true),
                input.client(),
                new Wishes(false, Optional.of(List.of("deploy_service", "other"))),
                input.question());
    }

    private static PolicyDocument document() {
        return switch (DocumentReader.read(text("policy.yaml"))) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }

    private static Schema schema(String name) {
        var resource = "/dev/portcullis/policy/schemas/" + name + ".schema.json";
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ExamplesTest.class.getResourceAsStream(resource));
    }

    private static JsonNode json(String name) {
        return JSON.readTree(text(name));
    }

    private static String text(String name) {
        try (var stream = ExamplesTest.class.getResourceAsStream("/examples/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Prints the example files, for when the form of the data or of the inputs has changed on purpose.
    public static void main(String[] arguments) throws IOException {
        var writer = new InputWriter(document());
        var inputs = JSON.createObjectNode();
        inputs().forEach((name, input) -> inputs.set(name, JSON.readTree(writer.write(input))));
        var folder = java.nio.file.Path.of("src/test/resources/examples");
        var pretty = JSON.writerWithDefaultPrettyPrinter();
        java.nio.file.Files.writeString(folder.resolve("inputs.json"), pretty.writeValueAsString(inputs) + "\n");
        java.nio.file.Files.writeString(
                folder.resolve("published.json"),
                pretty.writeValueAsString(JSON.readTree(PublishedData.write(document(), 3, List.of(KILL)))) + "\n");
    }
}
