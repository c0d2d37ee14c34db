package dev.portcullis.policy.rego;

import dev.portcullis.policy.document.DocumentProblem;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// All of an organization's own Rego that belongs to one version of its policy, ordered by path.
///
/// Bounded: at most [#MOST] modules of [#LONGEST] bytes, together [#LARGEST] bytes.
public record RegoModules(List<RegoModule> modules) {
    public static final int MOST = 50;
    public static final int LONGEST = 64 * 1024;
    public static final int LARGEST = 512 * 1024;

    private static final Pattern PATH =
            Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}/){0,4}" + "[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}\\.rego");
    private static final RegoModules NONE = new RegoModules(List.of());

    public RegoModules {
        modules =
                modules.stream().sorted(Comparator.comparing(RegoModule::path)).toList();
    }

    public static RegoModules none() {
        return NONE;
    }

    public boolean isEmpty() {
        return modules.isEmpty();
    }

    /// What is wrong with their number, names and sizes; whether they are Rego is another question.
    public List<DocumentProblem> problems() {
        var problems = new ArrayList<DocumentProblem>();
        if (modules.size() > MOST) {
            problems.add(problem("/modules", modules.size() + " modules", "at most " + MOST));
        }
        var total = modules.stream().mapToLong(RegoModules::bytes).sum();
        if (total > LARGEST) {
            problems.add(problem("/modules", total + " bytes", "at most " + LARGEST + " bytes together"));
        }
        var seen = new HashSet<String>();
        modules.forEach(module -> check(module, seen, problems));
        return problems;
    }

    private static void check(RegoModule module, HashSet<String> seen, List<DocumentProblem> problems) {
        var place = place(module.path());
        if (!PATH.matcher(module.path()).matches()) {
            problems.add(
                    problem(
                            place,
                            "a path",
                            "a relative path of letters, digits, dots, underscores and hyphens that ends in .rego, at most 5 deep"));
        } else if (!seen.add(module.path().toLowerCase(Locale.ROOT))) {
            problems.add(problem(place, "a second one", "one module of a path, whatever the case of its letters"));
        }
        if (bytes(module) > LONGEST) {
            problems.add(problem(place, bytes(module) + " bytes", "at most " + LONGEST + " bytes"));
        }
        if (module.source().indexOf('\0') >= 0) {
            problems.add(problem(place, "a NUL", "text"));
        }
    }

    /// Where problems of a module are said to be.
    static String place(String path) {
        return "/modules/" + (path.length() > 400 ? path.substring(0, 400) + "…" : path);
    }

    private static DocumentProblem problem(String place, String value, String expected) {
        return new DocumentProblem(place, 0, value, expected, Optional.empty());
    }

    private static long bytes(RegoModule module) {
        return module.source().getBytes(StandardCharsets.UTF_8).length;
    }
}
