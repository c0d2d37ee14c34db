package dev.portcullis.standalone.postgres;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The server's programs, unpacked from the class path.
///
/// @param root holds `bin`, `lib` and `share`
record ServerBinaries(Path root) {
    private static final int HASH_LENGTH = 12;
    private static final int OWNER_EXECUTES = 0100;

    /// Unpacks them below `folder`, unless the same content has been unpacked there before.
    ///
    /// @throws PostgresException when there are none for this machine
    static ServerBinaries unpack(Platform platform, PostgresFolder folder) throws IOException {
        var target = folder.server(hash(platform));
        if (!Files.isDirectory(target)) {
            var unfinished = folder.root().resolve("server.unfinished");
            FileTree.delete(unfinished);
            extract(platform, unfinished);
            Files.move(unfinished, target);
        }
        return new ServerBinaries(target);
    }

    Path program(String name) {
        return root.resolve("bin").resolve(name);
    }

    private static InputStream open(Platform platform) {
        var archive = ServerBinaries.class.getResourceAsStream("/" + platform.archive());
        if (archive == null) {
            throw new PostgresException("This distribution of Portcullis was built without " + platform.archive()
                    + ": build it on this machine, or with -Pevery-platform.");
        }
        return archive;
    }

    private static String hash(Platform platform) throws IOException {
        try (var archive = new DigestInputStream(open(platform), MessageDigest.getInstance("SHA-256"))) {
            archive.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(archive.getMessageDigest().digest()).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void extract(Platform platform, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(platform))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(entry, tar, target);
            }
        }
    }

    private static void extract(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        var file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException(entry.getName() + " (expected: a path inside the archive)");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            var executable = (entry.getMode() & OWNER_EXECUTES) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
