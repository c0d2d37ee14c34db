package dev.portcullis.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/// An archive of evidence that somebody else may have changed, or made: its manifest must be signed, every file must be
/// as
/// the manifest has it, and its part of the trail as it was written. Nothing but the archive is needed.
///
/// There are two ways to read a ZIP: from its beginning, and by the directory at its end. Both must find the same,
/// since
/// nobody knows with what it will be unpacked.
public final class EvidenceArchive {
    private static final int LONGEST_MANIFEST = 16 << 20;
    private static final Set<String> UNLISTED = Set.of(EvidenceManifest.NAME, EvidenceManifest.SIGNATURE);

    private final Path file;
    private final ZipFile zip;
    private final List<VerificationKey> pinned;
    private final List<Path> anchors;

    private EvidenceArchive(Path file, ZipFile zip, List<VerificationKey> pinned, List<Path> anchors) {
        this.file = file;
        this.zip = zip;
        this.pinned = pinned;
        this.anchors = anchors;
    }

    /// @param pinned whose signatures count; when there are none, those of keys that the archive itself names
    /// @param anchors as in [Verifier#verify]
    /// @throws IOException when the file cannot be read
    public static EvidenceReport verify(Path file, List<VerificationKey> pinned, List<Path> anchors)
            throws IOException {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            return new EvidenceArchive(file, zip, pinned, anchors).verify();
        } catch (ZipException e) {
            return bad(Map.of(), 0, "it is no whole archive: " + e.getMessage());
        }
    }

    private EvidenceReport verify() throws IOException {
        EvidenceManifest manifest;
        try {
            manifest = EvidenceManifest.read(new String(
                    read(EvidenceManifest.NAME, LONGEST_MANIFEST).orElse(new byte[0]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return bad(Map.of(), 0, EvidenceManifest.NAME + " is missing or damaged " + e.getMessage());
        }
        var forged = signature(manifest).or(() -> stranger(manifest));
        if (forged.isPresent()) {
            return bad(manifest.facts(), 0, forged.get());
        }
        long files = 0;
        for (var file : manifest.files()) {
            var found = digest(file.name());
            if (found.filter(file.sha256()::equals).isEmpty()) {
                return bad(manifest.facts(), files, file.name() + (found.isEmpty() ? " is missing" : " was changed"));
            }
            files++;
        }
        if (!isTheSameFromItsBeginning(manifest)) {
            return bad(manifest.facts(), files, "something is hidden in it: read from its beginning it is another one");
        }
        if (zip.getEntry(EvidenceManifest.TRAIL) == null) {
            return bad(manifest.facts(), files, EvidenceManifest.TRAIL + " is missing");
        }
        return withTrail(manifest, files);
    }

    /// Reads the trail once, for what it says itself and for what was anchored of it.
    private EvidenceReport withTrail(EvidenceManifest manifest, long files) throws IOException {
        try (var lines = lines(EvidenceManifest.ANCHORS)) {
            var anchored = new AnchoredCheck(lines);
            var trail = new ExportTrail(EvidenceManifest.TRAIL, () -> lines(EvidenceManifest.TRAIL));
            var report = Verifier.verify(reader -> trail.read(entry -> seen(entry, anchored, reader)), pinned, anchors);
            return new EvidenceReport(
                    manifest.facts(),
                    files,
                    Optional.of(report),
                    anchored.fitting(),
                    anchored.places(),
                    report.isGood() ? anchored.end() : Optional.empty());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void seen(TrailEntry entry, AnchoredCheck anchored, Consumer<TrailEntry> reader) {
        if (entry instanceof TrailEntry.Signed(var checkpoint)) {
            anchored.accept(checkpoint);
        }
        reader.accept(entry);
    }

    private Optional<String> signature(EvidenceManifest manifest) {
        var keyId = manifest.fact(EvidenceManifest.KEY_ID).orElse("");
        try {
            var key = pinned.isEmpty()
                    ? own(keyId)
                    : pinned.stream()
                            .filter(known -> known.keyId().equals(keyId))
                            .findFirst();
            if (key.filter(found -> found.keyId().equals(keyId)).isEmpty()) {
                return Optional.of(EvidenceManifest.NAME + " is signed by the unknown key " + keyId);
            }
            var signature = read(EvidenceManifest.SIGNATURE, LONGEST_MANIFEST).orElse(new byte[0]);
            return manifest.isSignedWith(key.get(), signature)
                    ? Optional.empty()
                    : Optional.of(EvidenceManifest.NAME + " is forged: its signature is wrong");
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("the signature cannot be checked: " + e.getMessage());
        }
    }

    private Optional<VerificationKey> own(String keyId) throws IOException {
        return read(EvidenceManifest.keyFile(keyId), LONGEST_MANIFEST)
                .map(pem -> VerificationKey.read(new String(pem, StandardCharsets.US_ASCII)));
    }

    /// What is in the archive once, and in the manifest, and nothing else, belongs there.
    private Optional<String> stranger(EvidenceManifest manifest) {
        var listed = new HashSet<String>();
        for (var file : manifest.files()) {
            if (!listed.add(file.name())) {
                return Optional.of(file.name() + " is in the manifest twice");
            }
        }
        var seen = new HashSet<String>();
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> !seen.add(name) || !(listed.contains(name) || UNLISTED.contains(name)))
                .findFirst()
                .map(name -> name + " is in the archive, but not in the manifest");
    }

    /// @param manifest what the directory at the end leads to
    private boolean isTheSameFromItsBeginning(EvidenceManifest manifest) throws IOException {
        var left = new HashMap<String, String>();
        manifest.files().forEach(known -> left.put(known.name(), known.sha256()));
        for (var name : UNLISTED) {
            left.put(name, digest(name).orElse(""));
        }
        try (var first = new ZipInputStream(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            for (var entry = first.getNextEntry(); entry != null; entry = first.getNextEntry()) {
                if (!digest(first).equals(left.remove(entry.getName()))) {
                    return false;
                }
            }
        } catch (ZipException | IllegalArgumentException e) {
            return false;
        }
        return left.isEmpty() && zip.getComment() == null;
    }

    private Optional<String> digest(String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (var in = zip.getInputStream(entry)) {
            return Optional.of(digest(in));
        } catch (ZipException e) {
            return Optional.of("");
        }
    }

    private static String digest(InputStream in) throws IOException {
        var digest = Statement.sha256();
        new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digest.digest());
    }

    private Optional<byte[]> read(String name, int longest) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (var in = zip.getInputStream(entry)) {
            return Optional.of(in.readNBytes(longest));
        }
    }

    /// Nothing, when there is no such file: earlier versions wrote none about anchors.
    private BufferedReader lines(String name) throws IOException {
        var entry = zip.getEntry(name);
        var in = entry == null ? InputStream.nullInputStream() : zip.getInputStream(entry);
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static EvidenceReport bad(Map<String, String> facts, long files, String what) {
        return new EvidenceReport(facts, files, Optional.empty(), 0, 0, Optional.of(what));
    }
}
