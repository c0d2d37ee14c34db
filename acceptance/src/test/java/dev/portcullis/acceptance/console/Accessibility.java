package dev.portcullis.acceptance.console;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import org.assertj.core.api.Assertions;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What axe-core finds on a page that keeps somebody from using it.
final class Accessibility {
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private Accessibility() {}

    /// Fails with what is wrong, where, and what would mend it.
    static void assertThatAnybodyCanUse(Page page, String name) {
        var axe = new AxeBuilder(page);
        axe.options(violationsOnly());
        // In the page itself, which has no frames of others, instead of a new one for each look.
        axe.setLegacyMode(true);
        var violations = axe.analyze().getViolations().stream()
                .filter(violation -> GRAVE.contains(violation.getImpact()))
                .map(Accessibility::describe)
                .toList();
        Assertions.assertThat(violations)
                .withFailMessage(() -> name + " keeps people out:\n" + String.join("\n", violations))
                .isEmpty();
    }

    /// All rules are tried, but what is well is not described: that takes longer than finding it.
    private static AxeRunOptions violationsOnly() {
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return options;
    }

    private static String describe(Rule violation) {
        return violation.getNodes().stream()
                .map(node -> "    %s\n      %s\n      %s"
                        .formatted(
                                node.getTarget(),
                                node.getHtml().replaceAll("\\s+", " "),
                                node.getFailureSummary().replaceAll("\\s+", " ")))
                .collect(Collectors.joining(
                        "\n",
                        "  %s (%s): %s\n    %s\n"
                                .formatted(
                                        violation.getId(),
                                        violation.getImpact(),
                                        violation.getHelp(),
                                        violation.getHelpUrl()),
                        ""));
    }
}
