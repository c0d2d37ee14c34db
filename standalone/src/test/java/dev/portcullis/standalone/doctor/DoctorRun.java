package dev.portcullis.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.standalone.PortcullisCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/// `portcullis doctor`, run in this JVM, and what came of it.
record DoctorRun(int code, String out, String errors) {
    private static final JsonMapper JSON = new JsonMapper();

    /// Runs it with a short patience and no console, if the words do not say otherwise.
    static DoctorRun of(String... words) {
        return run(Stream.concat(Stream.of("--timeout", "1", "--data", "/nowhere"), Stream.of(words)));
    }

    /// Runs it with these words and no others.
    static DoctorRun with(List<String> words) {
        return run(words.stream());
    }

    private static DoctorRun run(Stream<String> words) {
        var out = new StringWriter();
        var errors = new StringWriter();
        var code = PortcullisCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.concat(Stream.of("doctor", "--json"), words).toArray(String[]::new));
        return new DoctorRun(code, out.toString(), errors.toString());
    }

    /// The codes of all problems; the exit code is checked against them.
    List<String> problems() {
        var problems = codes("problem");
        assertThat(code).as(out + errors).isEqualTo(problems.isEmpty() ? 0 : 1);
        return problems;
    }

    List<String> codes(String outcome) {
        return findings()
                .filter(finding -> finding.path("outcome").asString().equals(outcome))
                .map(finding -> finding.path("code").asString())
                .toList();
    }

    /// What was said under this code, with what to do next.
    String said(String code) {
        return findings()
                .filter(finding -> finding.path("code").asString().equals(code))
                .map(finding -> finding.path("text").asString() + " → "
                        + finding.path("next").asString(""))
                .reduce("", (all, one) -> all + one + "\n");
    }

    private Stream<JsonNode> findings() {
        assertThat(out).as(errors).startsWith("{");
        return JSON.readTree(out).path("findings").valueStream();
    }
}
