package dev.portcullis.proxy.audit.journal;

import org.apache.activemq.artemis.core.journal.LoaderCallback;
import org.apache.activemq.artemis.core.journal.PreparedTransactionInfo;
import org.apache.activemq.artemis.core.journal.RecordInfo;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts together what stands in a journal while it is read.
final class Loading implements LoaderCallback {
    private final Map<Long, Assembly> records = new LinkedHashMap<>();

    /// In the order in which they were first written.
    List<Kept> kept() {
        return records.entrySet().stream()
                .map(entry -> new Kept(entry.getKey(), entry.getValue().whole))
                .toList();
    }

    @Override
    public void addRecord(RecordInfo info) {
        records.computeIfAbsent(info.id, id -> new Assembly()).add(info.data);
    }

    @Override
    public void updateRecord(RecordInfo info) {
        addRecord(info);
    }

    @Override
    public void deleteRecord(long id) {
        records.remove(id);
    }

    /// There are no transactions.
    @Override
    public void addPreparedTransaction(PreparedTransactionInfo transaction) {}

    /// There are no transactions.
    @Override
    public void failedTransaction(long transaction, List<RecordInfo> records, List<RecordInfo> recordsToDelete) {}

    private static final class Assembly {
        private ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        private byte[] whole = new byte[0];

        private void add(byte[] piece) {
            pieces.write(piece, 1, piece.length - 1);
            if (piece[0] == Piece.LAST) {
                whole = pieces.toByteArray();
                pieces = new ByteArrayOutputStream();
            }
        }
    }
}
