package dev.portcullis.policy.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

class RegoBundleTest {
    private static final RegoModules MODULES = new RegoModules(List.of(
            new RegoModule("a/freeze.rego", "package portcullis.custom"),
            new RegoModule("freeze_test.rego", "package portcullis.custom_test")));
    private static final CompiledRego PROGRAM = new CompiledRego(new byte[] {0, 'a', 's', 'm'});

    @Test
    void bundleIsReadAsItWasWritten() throws IOException {
        var bundle = new RegoBundle(MODULES, PROGRAM);

        assertThat(RegoBundle.read(bundle.archive())).isEqualTo(bundle);
        assertThat(bundle.archive()).isEqualTo(bundle.archive());
    }

    @Test
    void bundleWithoutProgramIsRefused() throws IOException {
        var archive = archive(Map.of("own/a.rego", "package portcullis.custom"));

        assertThatThrownBy(() -> RegoBundle.read(archive)).hasMessageContaining("no policy.wasm");
    }

    @Test
    void bundleOfAnotherVersionIsRefused() throws IOException {
        var archive =
                archive(Map.of("product/organization.rego", "package portcullis.organization", "policy.wasm", "x"));

        assertThatThrownBy(() -> RegoBundle.read(archive)).hasMessageContaining("of this very version");
    }

    @Test
    void archiveThatExplodesIsRefused() throws IOException {
        var archive = archive(Map.of("policy.wasm", "x".repeat(CompiledRego.LARGEST + 1)));

        assertThat(archive.length).isLessThan(100_000);
        assertThatThrownBy(() -> RegoBundle.read(archive)).hasMessageContaining("too large");
    }

    @Test
    void archiveOfManyFilesThatExplodesIsRefused() throws IOException {
        var file = "x".repeat(CompiledRego.LARGEST);
        var archive = archive(
                IntStream.range(0, 4).boxed().collect(Collectors.toMap("own/%d.rego"::formatted, number -> file)));

        assertThat(archive.length).isLessThan(100_000);
        assertThatThrownBy(() -> RegoBundle.read(archive)).hasMessageContaining("at most 16 MiB unpacked");
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        assertThatThrownBy(() -> RegoBundle.read("no archive".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    @Tag("slow")
    void bundleThatOpaBuiltIsReadToo() throws Exception {
        // Given
        var opa = TestOpa.required();
        var folder = Files.createTempDirectory("bundle-test");
        var files = Map.of(
                "own/a.rego",
                "package portcullis.custom\ndeny contains 1 if input.method\n",
                "product/organization.rego",
                ProductRego.text("organization.rego"));
        for (var file : files.entrySet()) {
            Files.createDirectories(folder.resolve(file.getKey()).getParent());
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }

        // When
        var run = opa.run(folder, List.of("build", "-t", "wasm", "-e", CompiledRego.ENTRY_POINT, "own", "product"));

        // Then
        assertThat(run.exitCode()).isZero();
        var bundle = RegoBundle.read(Files.readAllBytes(folder.resolve("bundle.tar.gz")));
        assertThat(bundle.modules().modules()).extracting(RegoModule::path).containsExactly("a.rego");
    }

    private static byte[] archive(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (var file : files.entrySet()) {
                var content = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
