package dev.portcullis.proxy.audit.journal;

import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.core.journal.EncodingSupport;

import java.util.ArrayList;
import java.util.List;

/// A part of a record that is small enough to be written at once. The last one says that it is the last.
@SuppressWarnings("ArrayRecordComponent") // Pieces are not compared.
record Piece(byte[] record, int from, int to, boolean isLast) implements EncodingSupport {
    /// Half of what is written at once, so that pieces share groups.
    static final int LARGEST = DurableFiles.BUFFER / 2;

    static final byte MORE = 0;
    static final byte LAST = 1;

    static List<Piece> of(byte[] record) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        do {
            int to = Math.min(record.length, from + LARGEST);
            pieces.add(new Piece(record, from, to, to == record.length));
            from = to;
        } while (from < record.length);
        return pieces;
    }

    @Override
    public int getEncodeSize() {
        return 1 + to - from;
    }

    @Override
    public void encode(ActiveMQBuffer buffer) {
        buffer.writeByte(isLast ? LAST : MORE);
        buffer.writeBytes(record, from, to - from);
    }

    @Override
    public void decode(ActiveMQBuffer buffer) {
        throw new UnsupportedOperationException("pieces are read by Loading");
    }
}
