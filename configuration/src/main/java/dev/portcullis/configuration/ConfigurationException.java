package dev.portcullis.configuration;

import java.util.List;
import java.util.stream.Collectors;

/// A configuration, or the machine it meets, does not allow a start. Its message is for people and is
/// complete: whoever catches it prints the message and no stack trace.
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationProblem> problems;

    /// Everything that is wrong in one file.
    ///
    /// @param file the file's name as its author knows it
    /// @param problems at least one
    public ConfigurationException(String file, List<ConfigurationProblem> problems) {
        super(message(file, problems));
        this.problems = List.copyOf(problems);
    }

    /// One sentence about what stands in the way of a start, for instance a port that is taken.
    public ConfigurationException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.problems = List.of();
    }

    /// What is wrong in the file, in its order; empty when the trouble is not in a file.
    public List<ConfigurationProblem> problems() {
        return problems;
    }

    private static String message(String file, List<ConfigurationProblem> problems) {
        if (problems.size() == 1) {
            return file + ": " + problems.getFirst().describe();
        }
        return problems.stream()
                .map(problem -> "\n  " + problem.describe())
                .collect(Collectors.joining("", file + ": " + problems.size() + " problems", ""));
    }
}
