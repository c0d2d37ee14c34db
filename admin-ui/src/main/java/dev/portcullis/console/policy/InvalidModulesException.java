package dev.portcullis.console.policy;

import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.rego.Compilation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The organization's own Rego cannot be used, with everything that is wrong with it. Nothing was
/// published.
public final class InvalidModulesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<DocumentProblem> errors;
    private final String output;

    private InvalidModulesException(List<DocumentProblem> errors, String output) {
        super(errors.stream().map(DocumentProblem::describe).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
        this.output = output;
    }

    static InvalidModulesException of(Compilation.Rejected rejected) {
        return new InvalidModulesException(rejected.problems(), rejected.output());
    }

    /// The modules as a whole are not what was expected.
    static InvalidModulesException of(String value, String expected) {
        return of(List.of(new DocumentProblem("/modules", 0, value, expected, Optional.empty())));
    }

    static InvalidModulesException of(List<DocumentProblem> errors) {
        return new InvalidModulesException(errors, "");
    }

    /// Paths are `/modules/` and the module's path.
    public List<DocumentProblem> errors() {
        return errors;
    }

    /// What failing tests said; empty when none was run.
    public String output() {
        return output;
    }
}
