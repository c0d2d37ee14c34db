package dev.portcullis.standalone.up;

import dev.portcullis.standalone.process.CannotStart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// Holds a data folder for one JVM. The system lets go of it when the JVM ends, however it ends.
public final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws CannotStart when another installation runs on the folder
    public static FolderLock acquire(DataFolder folder) {
        try {
            var channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new CannotStart("Another `portcullis up` (process " + holder(folder) + ") runs on "
                        + folder.root() + ": stop it first, or choose another folder with --data.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new CannotStart("The data folder " + folder.root() + " cannot be locked: " + e + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    private static String holder(DataFolder folder) throws IOException {
        return Files.readString(folder.lock(), StandardCharsets.US_ASCII).strip();
    }
}
