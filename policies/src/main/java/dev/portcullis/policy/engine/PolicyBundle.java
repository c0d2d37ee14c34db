package dev.portcullis.policy.engine;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.rego.RegoModules;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/// The policy as an OPA bundle: the Rego sources of this version, the organization's own modules, and a
/// document with the kills engaged as data.
///
/// The same policy always gives the same bytes. What has changed has another revision: the version of the
/// document, and the beginning of a digest of all files, which changes with kills and modules too.
///
/// @see <a href="https://www.openpolicyagent.org/docs/management-bundles">OPA, Bundles</a>
public final class PolicyBundle {
    private static final String MANIFEST = ".manifest";
    private static final String MODULES = "portcullis/";
    private static final String OWN_MODULES = "portcullis/custom/";
    private static final int DIGEST_LENGTH = 12;

    private final String revision;
    private final byte[] bytes;

    private PolicyBundle(String revision, byte[] bytes) {
        this.revision = revision;
        this.bytes = bytes;
    }

    /// @param version of the document
    /// @param modules the organization's own Rego; its tests are left out
    public static PolicyBundle of(PolicyDocument document, long version, List<Kill> kills, RegoModules modules) {
        var own = modules.modules().stream().filter(module -> !module.isTest()).toList();
        var files = new TreeMap<String, byte[]>();
        files.put("data.json", utf8(PublishedData.write(document, version, kills, !own.isEmpty())));
        PolicySources.shipped().forEach((name, source) -> files.put(MODULES + name, source));
        own.forEach(module -> files.put(OWN_MODULES + module.path(), utf8(module.source())));
        var revision = version + "-" + digest(files);
        return new PolicyBundle(revision, compressed(archive(revision, files)));
    }

    /// As `7-0123456789ab`.
    public String revision() {
        return revision;
    }

    /// A gzip of a tar archive.
    public byte[] bytes() {
        return bytes.clone();
    }

    private static byte[] archive(String revision, SortedMap<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var archive = new TarArchiveOutputStream(bytes)) {
            archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            add(archive, MANIFEST, manifest(revision));
            for (var file : files.entrySet()) {
                add(archive, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but memory", e);
        }
        return bytes.toByteArray();
    }

    /// Without time and owner, which would make other bytes of the same policy.
    private static void add(TarArchiveOutputStream archive, String name, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setSize(content.length);
        archive.putArchiveEntry(entry);
        archive.write(content);
        archive.closeArchiveEntry();
    }

    /// The bundle owns what stands in it and nothing else, so that an OPA server may have others besides.
    private static byte[] manifest(String revision) {
        var manifest = JsonMapper.shared().createObjectNode().put("revision", revision);
        manifest.putArray("roots").add("portcullis").add("published");
        return utf8(manifest.put("rego_version", 1).toString());
    }

    private static String digest(SortedMap<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update(utf8(name + "\0" + content.length + "\0"));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] compressed(byte[] archive) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(archive);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but memory", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
