package dev.portcullis.proxy.audit.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Holds the directory of a journal for one process. The system lets go of it when the process ends, however it ends.
final class JournalFolder implements AutoCloseable {
    private static final String KEY = " (proxy.audit.journal.directory)";

    private final Path directory;
    private final FileChannel lock;

    private JournalFolder(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /// @throws JournalException when the directory cannot be used, or somebody else uses it
    static JournalFolder take(Path directory) throws JournalException {
        try {
            Files.createDirectories(directory);
            var lock = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw new JournalException("The journal " + directory + KEY
                        + " is in use by another process: every replica needs a directory of its own.");
            }
            return new JournalFolder(directory, lock);
        } catch (IOException e) {
            throw new JournalException(
                    "The journal " + directory + KEY + " must be a directory that can be written to: " + e + ".", e);
        }
    }

    Path directory() {
        return directory;
    }

    /// Deletes files of the journal, whole or half made.
    void delete(String prefix, String extension) throws IOException {
        try (var files = Files.newDirectoryStream(directory, prefix + "-*." + extension + "*")) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }
}
