package dev.portcullis.policy.scenario;

import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One file: a policy, and what it decides when something is asked.
///
/// The file's `given.policy` is a whole document, or only its rules and tools, which then go with the
/// routes `port-eu` (profile port), `other` (profile generic) and those of `given.routes`. A file without
/// it is about the document that whoever runs it has at hand.
public record Scenario(String title, PolicyDocument document, List<Case> cases) {
    private static final Set<String> KEYS = Set.of("title", "given", "cases");
    private static final Set<String> GIVEN = Set.of("policy", "routes");
    private static final Set<String> CASE = Set.of("name", "when", "then", "notGating");
    private static final String HEAD = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port}
              other: {upstream: sandbox}
            """;

    public Scenario {
        cases = List.copyOf(cases);
    }

    /// One question and what is expected of the answer.
    ///
    /// @param name what the file calls it, or else what it asks, for people
    /// @param notGating why a console publishes what fails it; empty for most
    public record Case(String name, PolicyInput input, Expected expected, Optional<String> notGating) {}

    /// Reads a file's text.
    ///
    /// @param standing the document of files that have none of their own
    /// @throws ScenarioException with what was expected where
    public static Scenario read(String text, Optional<PolicyDocument> standing) {
        var file = Fields.of("scenario", load(text), KEYS);
        var given = Fields.of("given", file.value("given").or(() -> Optional.of(java.util.Map.of())), GIVEN);
        var document = given.text("policy")
                .map(policy -> document(given, policy))
                .or(() -> standing)
                .orElseThrow(() -> given.wrong("policy", "a policy, here or with --policy FILE"));
        var cases = new ArrayList<Case>();
        for (var one : file.list("cases")) {
            var place = "case " + (cases.size() + 1);
            var fields = Fields.of(place, Optional.ofNullable(one), CASE);
            cases.add(new Case(
                    fields.text("name")
                            .orElseGet(() -> place + " "
                                    + fields.value("when").map(String::valueOf).orElse("")),
                    Request.read(place + ".when", fields.value("when"), document.organization()),
                    Expected.read(place + ".then", fields.value("then")),
                    fields.text("notGating")));
        }
        return new Scenario(file.required("title"), document, cases);
    }

    private static Optional<Object> load(String text) {
        try {
            var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
            return Optional.ofNullable(new Load(settings).loadFromString(text));
        } catch (YamlEngineException | ClassCastException e) {
            throw new ScenarioException("this is no YAML: " + e.getMessage(), e);
        }
    }

    private static PolicyDocument document(Fields given, String policy) {
        var routes = given.text("routes").map(more -> more.indent(2)).orElse("");
        var text = policy.contains("apiVersion:") ? policy : HEAD + routes + policy + "\n";
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid ->
                throw new ScenarioException("given.policy: "
                        + invalid.errors().stream()
                                .map(DocumentProblem::describe)
                                .collect(Collectors.joining("; ")));
        };
    }
}
