package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import dev.portcullis.policy.document.PolicyDocument;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class PolicyBundleTest {
    private static final PolicyDocument DOCUMENT =
            Inputs.document("rules:\n  - {id: everyone-reads, readOnly: true}\n");
    private static final Kill KILL = new Kill(
            UUID.fromString("00000000-0000-0000-0000-00000000000a"),
            KillScope.wholeOrganization(),
            "incident",
            Optional.empty(),
            Optional.empty());

    @Test
    void samePolicyGivesTheSameBytes() {
        var bundle = PolicyBundle.of(DOCUMENT, 7, List.of(KILL), Map.of());

        assertThat(PolicyBundle.of(DOCUMENT, 7, List.of(KILL), Map.of()).bytes())
                .isEqualTo(bundle.bytes());
        assertThat(bundle.revision()).matches("7-[0-9a-f]{12}");
    }

    @Test
    void killsModulesAndVersionsChangeTheRevision() {
        var module = Map.of("freeze.rego", "package portcullis.custom\n");

        assertThat(List.of(
                        PolicyBundle.of(DOCUMENT, 7, List.of(), Map.of()).revision(),
                        PolicyBundle.of(DOCUMENT, 7, List.of(KILL), Map.of()).revision(),
                        PolicyBundle.of(DOCUMENT, 7, List.of(), module).revision(),
                        PolicyBundle.of(DOCUMENT, 8, List.of(), Map.of()).revision()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everySourceThatIsNoTestIsShipped() throws IOException {
        try (var sources = Files.list(Path.of("src/main/rego/portcullis"))) {
            assertThat(RegoModules.shipped().keySet())
                    .containsExactlyElementsOf(
                            sources.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.endsWith("_test.rego"))
                                    .sorted()
                                    .toList());
        }
    }
}
