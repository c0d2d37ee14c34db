package dev.portcullis.policy.rego;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

class RegoModulesTest {

    @Test
    void orderAndTestsFollowThePaths() {
        var modules = modules(new RegoModule("b_test.rego", ""), new RegoModule("a/x.rego", ""));

        assertThat(modules.problems()).isEmpty();
        assertThat(modules.modules()).extracting(RegoModule::path).containsExactly("a/x.rego", "b_test.rego");
        assertThat(modules.modules()).extracting(RegoModule::isTest).containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.rego",
                "/x.rego",
                "x.json",
                "a//x.rego",
                ".x.rego",
                "a/../x.rego",
                "-x.rego",
                "",
                "x.rego ",
                "a\\x.rego",
                "a/b/c/d/e/x.rego",
                "x\n.rego"
            })
    void pathThatCouldLeadElsewhereIsRefused(String path) {
        assertThat(modules(new RegoModule(path, "")).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("/modules/" + path);
            assertThat(problem.expected()).contains("ends in .rego");
        });
    }

    @Test
    void twoModulesOfOnePathAreRefused() {
        assertThat(modules(new RegoModule("a.rego", ""), new RegoModule("A.rego", ""))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.expected()).contains("whatever the case"));
    }

    @Test
    void numberAndSizesAreBounded() {
        var many = new RegoModules(IntStream.rangeClosed(0, RegoModules.MOST)
                .mapToObj(i -> new RegoModule("m" + i + ".rego", ""))
                .toList());
        var long1 = new RegoModule("long.rego", "x".repeat(RegoModules.LONGEST + 1));
        var large = new RegoModules(IntStream.rangeClosed(0, 8)
                .mapToObj(i -> new RegoModule("m" + i + ".rego", "x".repeat(RegoModules.LONGEST)))
                .toList());

        assertThat(many.problems()).extracting(problem -> problem.value()).containsExactly("51 modules");
        assertThat(modules(long1).problems())
                .extracting(problem -> problem.value())
                .containsExactly("65537 bytes");
        assertThat(large.problems()).extracting(problem -> problem.path()).containsExactly("/modules");
        assertThat(modules(new RegoModule("nul.rego", "\0")).problems()).hasSize(1);
    }

    @Test
    void everySourceOfThePolicyIsPacked() throws IOException {
        try (var files = Files.list(Path.of("src/main/rego/portcullis"))) {
            var sources = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith("_test.rego"))
                    .sorted()
                    .toList();
            assertThat(ProductRego.policy()).containsExactlyElementsOf(sources);
        }
        for (var name : ProductRego.policy()) {
            assertThat(ProductRego.text(name)).contains("package portcullis");
        }
    }

    private static RegoModules modules(RegoModule... modules) {
        return new RegoModules(List.of(modules));
    }
}
