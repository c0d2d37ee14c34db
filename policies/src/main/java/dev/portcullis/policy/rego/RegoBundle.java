package dev.portcullis.policy.rego;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// An OPA bundle (`bundle.tar.gz`) with the modules it was compiled from, as [RegoCompiler] makes it.
///
/// The file that asks the modules must be the one of this version, so that a bundle compiled with
/// another version's is noticed. Nothing proves that the program is what the modules say: whoever takes
/// one from elsewhere trusts who made it, though with nothing but refusals.
public record RegoBundle(RegoModules modules, CompiledRego program) {
    private static final int MOST_FILES = 500;
    private static final int LARGEST_FILE = CompiledRego.LARGEST;
    /// Of all files together, their headers and whatever is not read included.
    private static final int LARGEST = 4 * LARGEST_FILE;
    private static final String WASM = "policy.wasm";
    private static final String MANIFEST = """
            {"revision":"","roots":[""],"wasm":[{"entrypoint":"%s","module":"/policy.wasm"}],"rego_version":1}
            """.formatted(CompiledRego.ENTRY_POINT);

    /// @throws IOException when it is no such archive
    /// @throws IllegalArgumentException when it is one, and no bundle of modules; the message says why
    public static RegoBundle read(byte[] bundle) throws IOException {
        var modules = new ArrayList<RegoModule>();
        var program = Optional.<CompiledRego>empty();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(unpacked(bundle)))) {
            var files = 0;
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++files > MOST_FILES) {
                    throw new IllegalArgumentException("bundle: too many files (expected: at most 500)");
                }
                var name = name(entry);
                if (entry.isFile() && name.equals(WASM)) {
                    program = Optional.of(new CompiledRego(content(tar)));
                } else if (entry.isFile() && name.endsWith(".rego")) {
                    module(name, new String(content(tar), StandardCharsets.UTF_8))
                            .ifPresent(modules::add);
                }
            }
        }
        return new RegoBundle(
                new RegoModules(modules),
                program.orElseThrow(() -> new IllegalArgumentException(
                        "bundle: no policy.wasm (expected: one that `portcullis policy publish --rego` made)")));
    }

    /// The archive that [#read] reads; the same bytes for the same bundle.
    public byte[] archive() {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            put(tar, ".manifest", MANIFEST.getBytes(StandardCharsets.UTF_8));
            put(tar, Workshop.ASKING, ProductRego.text(ProductRego.ASKING).getBytes(StandardCharsets.UTF_8));
            for (var module : modules.modules()) {
                put(tar, Workshop.OWN + "/" + module.path(), module.source().getBytes(StandardCharsets.UTF_8));
            }
            put(tar, WASM, program.wasm());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        var entry = new TarArchiveEntry("/" + name, true);
        entry.setSize(content.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /// Leaves out what the gateway itself put there.
    private static Optional<RegoModule> module(String name, String source) {
        if (name.equals(Workshop.ASKING) && !bare(source).equals(bare(ProductRego.text(ProductRego.ASKING)))) {
            throw new IllegalArgumentException("bundle: " + name + " is another one"
                    + " (expected: compiled with the command line of this very version)");
        }
        var own = Workshop.OWN + "/";
        return Optional.of(name)
                .filter(path -> path.startsWith(own))
                .map(path -> new RegoModule(path.substring(own.length()), source));
    }

    /// Without the rule that `opa build` replaces by the program.
    private static List<String> bare(String source) {
        return source.lines()
                .filter(line -> !line.isBlank() && !line.contains("answer"))
                .toList();
    }

    private static String name(TarArchiveEntry entry) {
        var name = entry.getName();
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /// A few kilobytes can become gigabytes.
    private static byte[] unpacked(byte[] bundle) throws IOException {
        try (var archive = new GZIPInputStream(new ByteArrayInputStream(bundle))) {
            var unpacked = archive.readNBytes(LARGEST + 1);
            if (unpacked.length > LARGEST) {
                throw new IllegalArgumentException("bundle: too large (expected: at most 16 MiB unpacked)");
            }
            return unpacked;
        }
    }

    private static byte[] content(TarArchiveInputStream tar) throws IOException {
        var content = tar.readNBytes(LARGEST_FILE + 1);
        if (content.length > LARGEST_FILE) {
            throw new IllegalArgumentException("bundle: a file is too large (expected: at most 4 MiB)");
        }
        return content;
    }
}
