package dev.portcullis.proxy.audit.journal;

import io.netty.buffer.ByteBuf;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.core.io.IOCallback;
import org.apache.activemq.artemis.core.io.SequentialFile;
import org.apache.activemq.artemis.core.io.buffer.TimedBufferObserver;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFile;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/// A file that says of a record that it is durable only when all of it is.
///
/// The class it extends tells whoever waits that a group is done even if it could not be written, and takes a part
/// for the whole: there a broker is expected to stop itself. Here every record after the first that could not be
/// written is refused.
final class DurableFile extends NIOSequentialFile {
    private final DurableFiles files;
    private volatile @Nullable Throwable failure;

    DurableFile(DurableFiles files, File directory, String name) {
        super(files, directory, name, files.getMaxIO());
        this.files = files;
    }

    @Override
    public SequentialFile cloneFile() {
        return new DurableFile(files, directory, getFileName());
    }

    /// Whoever asks for a new file forgets it when it could not be filled.
    @Override
    public void fill(int size) throws IOException {
        try {
            super.fill(size);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    protected TimedBufferObserver createTimedBufferObserver() {
        return new Group();
    }

    @Override
    protected void syncChannel(FileChannel channel) throws IOException {
        var begin = System.nanoTime();
        super.syncChannel(channel);
        files.synced(System.nanoTime() - begin);
    }

    @Override
    public void writeDirect(ByteBuffer bytes, boolean sync) throws IOException {
        blockingWriteDirect(bytes, sync, true);
    }

    @Override
    public void writeDirect(ByteBuffer bytes, boolean sync, IOCallback callback) {
        try {
            blockingWriteDirect(bytes, sync, true);
            callback.done();
        } catch (IOException e) {
            callback.onError(ActiveMQExceptionType.IO_ERROR.getCode(), e.toString());
        }
    }

    @Override
    public void blockingWriteDirect(ByteBuffer bytes, boolean sync, boolean releaseBuffer) throws IOException {
        try {
            writeWhole(bytes);
            if (sync) {
                sync();
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
            throw e;
        } finally {
            if (releaseBuffer) {
                factory.releaseBuffer(bytes);
            }
        }
    }

    private synchronized void writeWhole(ByteBuffer bytes) throws IOException {
        var open = channel;
        if (open == null) {
            throw new IOException(getFileName() + " is not open");
        }
        position.addAndGet(bytes.limit());
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
    }

    private void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        factory.onIOError(cause, String.valueOf(cause.getMessage()), this);
    }

    /// What is written at once.
    private final class Group extends LocalBufferObserver {
        /// Whoever waits hears of it from [#checkSync].
        @Override
        public void flushBuffer(ByteBuf bytes, boolean requestedSync, @Nullable List<IOCallback> callbacks) {
            try {
                writeWhole(bytes.nioBuffer());
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }

        @Override
        public void checkSync(boolean syncRequested, List<IOCallback> callbacks) {
            if (syncRequested && failure == null) {
                try {
                    sync();
                } catch (IOException | RuntimeException e) {
                    failed(e);
                }
            }
            var cause = failure;
            if (cause == null) {
                callbacks.forEach(IOCallback::done);
            } else {
                callbacks.forEach(waiting ->
                        waiting.onError(ActiveMQExceptionType.IO_ERROR.getCode(), String.valueOf(cause.getMessage())));
            }
        }
    }
}
