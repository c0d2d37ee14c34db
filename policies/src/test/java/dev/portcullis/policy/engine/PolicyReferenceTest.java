package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.portcullis.policy.document.DocumentFormatter;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.DocumentSchema;
import dev.portcullis.policy.document.ReadResult;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The reference says what is so: its examples are read, and the questions beneath them asked.
@Tag("slow")
class PolicyReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/policy.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(yaml[a-z ]*|text)\n(.*?)^```$");

    @TempDir
    private Path folder;

    private record Block(String kind, String text) {}

    @TestFactory
    Stream<DynamicTest> examplesAreValidAndKeepToTheSchema() throws IOException {
        return blocks().stream()
                .filter(block -> block.kind().equals("yaml"))
                .map(block -> dynamicTest(firstWords(block), () -> {
                    // When
                    var result = DocumentReader.read(document(block));

                    // Then
                    assertThat(problems(result)).as(block.text()).isEmpty();
                    assertThat(schemaErrors(document(block))).isEmpty();
                    assertThat(DocumentFormatter.format(document(block))).isNotEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> questionsAreAnsweredAsTheReferenceSays() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        var policy = "";
        for (var block : blocks()) {
            if (block.kind().equals("yaml questions")) {
                var scenario = scenario(policy, block.text());
                var engine = EmbeddedDecisionPoint.compile(scenario.document(), 3, scenario.kills(), 1);
                scenario.cases()
                        .forEach(one -> tests.add(dynamicTest(one.name(), () -> {
                            // When
                            var decision = engine.decide(one.input()).value();

                            // Then
                            ScenarioTest.expect(one.then(), decision);
                        })));
            } else {
                policy = block.text();
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> problemsAreToldAsTheReferenceSays() throws IOException {
        var blocks = blocks();
        return Stream.iterate(1, i -> i < blocks.size(), i -> i + 1)
                .filter(i -> blocks.get(i).kind().equals("text"))
                .map(i -> dynamicTest(firstWords(blocks.get(i - 1)), () -> {
                    // When
                    var result = DocumentReader.read(document(blocks.get(i - 1)));

                    // Then
                    var told = problems(result).stream()
                            .map(DocumentProblem::describe)
                            .collect(Collectors.joining("\n", "", "\n"));
                    assertThat(told).isEqualTo(blocks.get(i).text());
                    assertThat(result instanceof ReadResult.Invalid)
                            .isEqualTo(blocks.get(i - 1).kind().equals("yaml invalid"));
                }));
    }

    @Test
    void firstExampleHasTheLayoutOfFormat() throws IOException {
        var first = blocks().getFirst().text();

        assertThat(DocumentFormatter.format(first)).isEqualTo(first);
    }

    @Test
    void everyKeyOfTheSchemaIsOnThePage() throws IOException {
        // Given
        var page = Files.readString(REFERENCE);

        // When
        var keys = propertyNames(JsonMapper.shared().readTree(DocumentSchema.text()))
                .toList();

        // Then
        assertThat(keys).contains("upstream", "pinnedTools", "absent", "withoutStore", "definition");
        assertThat(keys)
                .allSatisfy(key -> assertThat(page).containsAnyOf("`" + key + "`", "`" + key + ":", "`{" + key));
    }

    private static Stream<String> propertyNames(JsonNode schema) {
        return Stream.concat(
                schema.path("properties").propertyNames().stream(),
                schema.valueStream().flatMap(PolicyReferenceTest::propertyNames));
    }

    private static List<Block> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(REFERENCE))
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    /// An example that is no whole document is a part of one with two routes.
    private static String document(Block block) {
        if (block.text().contains("apiVersion:")) {
            return block.text();
        }
        return block.text().startsWith("routes:")
                ? "apiVersion: portcullis/v1\norganization: acme\n" + block.text()
                : Inputs.HEAD + block.text();
    }

    private Scenario scenario(String policy, String questions) {
        try {
            return Scenario.read(Files.writeString(
                    folder.resolve("scenario.yaml"),
                    "title: reference\ngiven:\n  policy: |\n" + policy.indent(4) + "cases:\n" + questions.indent(2)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<DocumentProblem> problems(ReadResult result) {
        return switch (result) {
            case ReadResult.Valid valid -> valid.warnings();
            case ReadResult.Invalid invalid -> invalid.errors();
        };
    }

    private static List<?> schemaErrors(String document) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(DocumentSchema.text())
                .validate(document, InputFormat.YAML);
    }

    private static String firstWords(Block block) {
        return block.text()
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .strip();
    }
}
