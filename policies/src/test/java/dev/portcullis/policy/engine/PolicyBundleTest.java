package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

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
        var bundle = PolicyBundle.of(DOCUMENT, 7, List.of(KILL), RegoModules.none());

        assertThat(PolicyBundle.of(DOCUMENT, 7, List.of(KILL), RegoModules.none())
                        .bytes())
                .isEqualTo(bundle.bytes());
        assertThat(bundle.revision()).matches("7-[0-9a-f]{12}");
    }

    @Test
    void killsModulesAndVersionsChangeTheRevision() {
        var module = new RegoModules(List.of(new RegoModule("freeze.rego", "package portcullis.custom\n")));

        assertThat(List.of(
                        PolicyBundle.of(DOCUMENT, 7, List.of(), RegoModules.none())
                                .revision(),
                        PolicyBundle.of(DOCUMENT, 7, List.of(KILL), RegoModules.none())
                                .revision(),
                        PolicyBundle.of(DOCUMENT, 7, List.of(), module).revision(),
                        PolicyBundle.of(DOCUMENT, 8, List.of(), RegoModules.none())
                                .revision()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everySourceThatIsNoTestIsShipped() throws IOException {
        try (var sources = Files.list(Path.of("src/main/rego/portcullis"))) {
            assertThat(PolicySources.shipped().keySet())
                    .containsExactlyElementsOf(
                            sources.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.endsWith("_test.rego"))
                                    .sorted()
                                    .toList());
        }
    }

    @Test
    void ownModulesAreInItAndTheirTestsAreNot() throws IOException {
        // Given
        var deep = ("a".repeat(60) + "/").repeat(4) + "freeze.rego";
        var modules = new RegoModules(
                List.of(new RegoModule(deep, "package portcullis.custom\n"), new RegoModule("freeze_test.rego", "")));

        // When
        var bundle = PolicyBundle.of(DOCUMENT, 7, List.of(), modules);

        // Then
        var names = new ArrayList<String>();
        try (var archive = new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(bundle.bytes())))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names)
                .startsWith(".manifest", "data.json")
                .contains("portcullis/decision.rego", "portcullis/custom/" + deep)
                .noneMatch(name -> name.endsWith("_test.rego"));
    }
}
