package dev.portcullis.policy.rego;

import dev.portcullis.policy.document.DocumentProblem;

import java.util.List;

/// What became of an organization's modules.
public sealed interface Compilation {
    /// They may be asked.
    ///
    /// @param tests how many of their tests passed
    record Compiled(CompiledRego program, int tests) implements Compilation {}

    /// They may not, for all these reasons.
    ///
    /// @param problems paths are `/modules/` and the module's path
    /// @param output what failing tests said; empty when none was run
    record Rejected(List<DocumentProblem> problems, String output) implements Compilation {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
