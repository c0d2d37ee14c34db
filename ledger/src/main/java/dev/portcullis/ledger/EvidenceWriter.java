package dev.portcullis.ledger;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes an archive of evidence, file by file, and never goes back: its memory does not depend on how much there
/// is. Without [#finish] it has neither a manifest nor an end, and everybody sees that. One thread at a time.
public final class EvidenceWriter {
    private final ZipOutputStream zip;
    private final List<EvidenceManifest.Digest> files = new ArrayList<>();

    /// @param out stays open
    public EvidenceWriter(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /// What stands in a file.
    public interface Content {
        void write(Writer out) throws IOException;
    }

    /// @param name with slashes, without spaces at its ends
    public void file(String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var digest = Statement.sha256();
        var text = new BufferedWriter(
                new OutputStreamWriter(new DigestOutputStream(new Unclosed(zip), digest), StandardCharsets.UTF_8));
        content.write(text);
        text.flush();
        zip.closeEntry();
        files.add(new EvidenceManifest.Digest(name, HexFormat.of().formatHex(digest.digest())));
    }

    /// Writes the manifest, its signature, and the archive's end.
    ///
    /// @param facts what is to be known of the archive; the key is added
    /// @return the SHA-256 of the manifest, in hexadecimal
    public String finish(Map<String, String> facts, SigningKey key) throws IOException {
        var all = new TreeMap<>(facts);
        all.put(EvidenceManifest.KEY_ID, key.keyId());
        var manifest = new EvidenceManifest(all, files);
        var text = manifest.text().getBytes(StandardCharsets.UTF_8);
        bytes(EvidenceManifest.NAME, text);
        bytes(EvidenceManifest.SIGNATURE, manifest.sign(key));
        zip.finish();
        return HexFormat.of().formatHex(Statement.sha256().digest(text));
    }

    private void bytes(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /// One file's end is not the archive's.
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void flush() {
            // The archive is flushed when it has ended.
        }

        @Override
        public void close() {
            // see above
        }
    }
}
