package dev.portcullis.standalone.doctor;

import dev.portcullis.standalone.doctor.Finding.Outcome;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What was found, for people and for scripts. What servers said is repeated without secrets.
public final class Report {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int COLUMN = 21;

    private final Target target;
    private final List<Finding> findings;
    private final Redactor redactor;

    public Report(Target target, List<Finding> findings, Redactor redactor) {
        this.target = target;
        this.findings = List.copyOf(findings);
        this.redactor = redactor;
    }

    public boolean hasProblem() {
        return findings.stream().anyMatch(Finding::isProblem);
    }

    /// One finding a line, and what to do next below it.
    public String text() {
        return "Endpoint " + target.uri() + "\n\n"
                + findings.stream().map(this::line).collect(Collectors.joining("\n")) + "\n\n" + summary() + "\n";
    }

    /// One object: `endpoint`, `outcome` (`ok` or `problem`) and `findings`, each with `check`, `code`,
    /// `outcome`, `text` and, where there is something to do, `next`. Scripts may rely on all but the
    /// texts.
    public String json() {
        var report = JSON.createObjectNode()
                .put("endpoint", target.uri().toString())
                .put("outcome", (hasProblem() ? Outcome.PROBLEM : Outcome.OK).key());
        var list = report.putArray("findings");
        for (var finding : findings) {
            var one = list.addObject()
                    .put("check", finding.check().key())
                    .put("code", finding.code().key())
                    .put("outcome", finding.outcome().key())
                    .put("text", redactor.text(finding.text()));
            finding.next().ifPresent(next -> one.put("next", redactor.text(next)));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    }

    private String line(Finding finding) {
        var outcome = finding.outcome() == Outcome.PROBLEM
                ? "PROBLEM"
                : finding.outcome().key();
        return String.format(
                        Locale.ROOT, "%-8s %-11s %s", outcome, finding.check().key(), redactor.text(finding.text()))
                + finding.next()
                        .map(next -> "\n" + " ".repeat(COLUMN) + "→ " + redactor.text(next))
                        .orElse("");
    }

    private String summary() {
        var problems = findings.stream().filter(Finding::isProblem).count();
        return switch ((int) problems) {
            case 0 -> "No problem was found.";
            case 1 -> "1 problem was found.";
            default -> problems + " problems were found.";
        };
    }
}
