package dev.portcullis.proxy.audit.journal;

import dev.portcullis.proxy.config.Durability;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ActiveMQIOErrorException;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Records on disk, each under a number, from when it is written until it is removed.
///
/// Nothing here but [#open], [#reclaim] and [#close] waits. One thread writes; answers come on threads of the
/// journal's own. After the first thing that could not be written, nothing more is: [#failure] says why, and another
/// journal has to be opened in its place.
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /// Raised when records are written in another way.
    private static final int VERSION = 1;

    /// The number of no record.
    public static final long NO_ID = 0;

    private static final byte RECORD = 1;
    private static final String PREFIX = "intents";
    private static final String EXTENSION = "journal";

    private static final int FEWEST_FILES = 2;
    private static final int KEPT_FILES = 10;
    private static final int COMPACT_FROM_FILES = 10;
    private static final int COMPACT_BELOW_PERCENT = 30;
    private static final int OPEN_SECONDS = 5;
    private static final int ONE_WRITE_AT_A_TIME = 1;
    private static final int DAMAGED_FILES_KEPT = 10;

    private static final long FILE_SHARE = 64;
    private static final int SMALLEST_FILE = 1024 * 1024;
    private static final int LARGEST_FILE = 10 * 1024 * 1024;

    private final JournalFolder folder;
    private final Durability.Journal settings;
    private final JournalImpl files;
    private final int fileBytes;
    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());
    private List<Kept> kept = List.of();
    private long lastId = NO_ID;
    private final AtomicLong removed = new AtomicLong();

    private Journal(JournalFolder folder, Durability.Journal settings, LongConsumer synced) {
        this.folder = folder;
        this.settings = settings;
        this.fileBytes = Math.clamp(settings.bytes() / FILE_SHARE, SMALLEST_FILE, LARGEST_FILE);
        this.files = new JournalImpl(
                null,
                fileBytes,
                FEWEST_FILES,
                KEPT_FILES,
                COMPACT_FROM_FILES,
                COMPACT_BELOW_PERCENT,
                OPEN_SECONDS,
                new DurableFiles(folder.directory(), synced),
                PREFIX,
                EXTENSION,
                ONE_WRITE_AT_A_TIME,
                VERSION,
                (cause, message, file) -> failed(String.valueOf(message)),
                DAMAGED_FILES_KEPT);
    }

    /// Opens the journal, or makes a new one. Takes as long as reading it does.
    ///
    /// @param synced hears how many nanoseconds each group of records took to reach the disk
    public static Journal open(Durability.Journal settings, LongConsumer synced) throws JournalException {
        var folder = JournalFolder.take(settings.directory());
        var journal = new Journal(folder, settings, synced);
        try {
            journal.load();
            return journal;
        } catch (JournalException | RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    /// Deletes a journal of which nothing is wanted any more. On a full disk it cannot be opened to say so: even to
    /// remove a record takes room.
    public static void delete(Durability.Journal settings) throws JournalException {
        try (var folder = JournalFolder.take(settings.directory())) {
            folder.delete(PREFIX, EXTENSION);
        } catch (IOException e) {
            throw new JournalException("The journal " + settings.directory() + " cannot be deleted: " + e + ".", e);
        }
    }

    private void load() throws JournalException {
        var loading = new Loading();
        try {
            files.start();
            lastId = Math.max(NO_ID, files.load(loading).getMaxID());
        } catch (Exception e) {
            throw new JournalException(
                    isOfAnotherVersion(e)
                            ? "The journal " + folder.directory() + " was written by another version of the gateway:"
                                    + " start that version once more until it has shipped all of it."
                            : "The journal " + folder.directory() + " cannot be opened: " + e.getMessage() + ".",
                    e);
        }
        kept = loading.kept();
        if (failure().isPresent()) {
            throw new JournalException("The journal " + folder.directory() + " cannot be written to: "
                    + failure().get() + ".");
        }
    }

    private static boolean isOfAnotherVersion(Exception failure) {
        return failure instanceof ActiveMQIOErrorException
                && String.valueOf(failure.getMessage()).contains("version");
    }

    /// What stood in it when it was opened.
    public List<Kept> kept() {
        return kept;
    }

    /// Says that nobody will ask for [#kept] any more.
    public void forgetKept() {
        kept = List.of();
    }

    /// Adds a record.
    ///
    /// @param then hears once why it is not durable, or nothing when it is
    /// @return its number
    public long add(byte[] record, Consumer<Optional<String>> then) {
        lastId++;
        write(lastId, true, record, Optional.of(new Answer(failure::get, this::failed, then)));
        return lastId;
    }

    /// Adds a record that nobody waits for.
    ///
    /// @return its number
    public long add(byte[] record) {
        lastId++;
        write(lastId, true, record, Optional.empty());
        return lastId;
    }

    /// Puts another version of a record in its place, and nobody waits for it.
    public void replace(long id, byte[] record) {
        write(id, false, record, Optional.empty());
    }

    private void write(long id, boolean isNew, byte[] record, Optional<Answer> answer) {
        try {
            var first = isNew;
            for (var piece : Piece.of(record)) {
                var waits = piece.isLast() && answer.isPresent();
                var callback = waits ? answer.get() : null;
                if (first) {
                    files.appendAddRecord(id, RECORD, piece, waits, callback);
                } else {
                    files.tryAppendUpdateRecord(id, RECORD, piece, waits, false, null, callback);
                }
                first = false;
            }
        } catch (Exception e) {
            failed(e.toString());
            answer.ifPresent(waiting ->
                    waiting.onError(ActiveMQExceptionType.IO_ERROR.getCode(), String.valueOf(e.getMessage())));
        }
    }

    /// Removes a record. It may turn up once more in [#kept] when the process ends right after.
    public void remove(long id) {
        try {
            files.tryAppendDeleteRecord(id, false, null, null);
            removed.incrementAndGet();
        } catch (Exception e) {
            failed(e.toString());
        }
    }

    /// Gives up on this journal.
    public void failed(String reason) {
        if (failure.compareAndSet(Optional.empty(), Optional.of(reason))) {
            LOG.atError()
                    .addKeyValue("journal", folder.directory())
                    .addKeyValue("reason", reason)
                    .log("the audit journal cannot be written");
        }
    }

    /// Why nothing is written any more.
    public Optional<String> failure() {
        return failure.get();
    }

    /// About how much of the disk it takes.
    public long bytes() {
        return (long) fileBytes * (files.getDataFilesCount() + 1);
    }

    /// Whether it takes as much of the disk as it may.
    public boolean isFull() {
        return bytes() >= settings.bytes();
    }

    /// Frees files whose records were removed, which otherwise happens when a file is full: what was removed
    /// is noted in the one that is written, and counts when that is closed. Waits for the disk, and is for
    /// another thread than the one that writes, which goes on meanwhile.
    public void reclaim() {
        try {
            if (removed.getAndSet(0) > 0) {
                files.forceMoveNextFile();
                files.checkReclaimStatus();
            }
        } catch (Exception e) {
            failed(e.toString());
        }
    }

    /// Writes what is still in memory, and lets go of the directory.
    @Override
    public void close() {
        try {
            files.stop();
        } catch (RuntimeException | Error e) {
            // As it does after a failure. The directory must be let go of all the same.
            LOG.atDebug().setCause(e).log("the journal does not stop in order");
        }
        try {
            folder.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("journal", folder.directory()).log("the journal stays locked");
        }
    }
}
