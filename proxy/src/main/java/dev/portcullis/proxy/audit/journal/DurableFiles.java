package dev.portcullis.proxy.audit.journal;

import org.apache.activemq.artemis.core.io.SequentialFile;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/// The files of a journal, which are written in groups: what comes while one group is on its way to the disk is the
/// next one.
final class DurableFiles extends NIOSequentialFileFactory {
    /// No piece of a record may be larger.
    static final int BUFFER = 512 * 1024;

    /// How long a record that nobody waits for may stay in memory.
    private static final int LINGER_NANOS = 1_000_000;

    private static final int ONE_WRITE_AT_A_TIME = 1;

    private final LongConsumer synced;

    /// @param synced hears how many nanoseconds each group took to reach the disk
    DurableFiles(Path directory, LongConsumer synced) {
        super(directory.toFile(), true, BUFFER, LINGER_NANOS, ONE_WRITE_AT_A_TIME, false, null, null);
        this.synced = synced;
    }

    @Override
    public SequentialFile createSequentialFile(String name) {
        return new DurableFile(this, getDirectory(), name);
    }

    /// Without the memory access that Java is about to take away.
    @Override
    public void clearBuffer(ByteBuffer buffer) {
        var all = buffer.duplicate().rewind();
        while (all.hasRemaining()) {
            all.put((byte) 0);
        }
    }

    void synced(long nanos) {
        synced.accept(nanos);
    }
}
