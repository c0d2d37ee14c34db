package dev.portcullis.proxy.config;

import java.nio.file.Path;

/// What keeps the record of an exchange before the first byte of it goes upstream.
public sealed interface Durability {

    /// Files on this machine's disk, which survive the process.
    ///
    /// @param directory where they are; no other process may use it
    /// @param bytes how much of the disk they may take; above it, exchanges are refused
    record Journal(Path directory, long bytes) implements Durability {
        static final Range<Long> BYTES = new Range<>(16L * 1024 * 1024, 1L << 40);
        static final long USUAL_BYTES = 1L << 30;

        public Journal {
            BYTES.check("bytes", bytes);
        }

        /// A journal of the usual size.
        public static Journal in(Path directory) {
            return new Journal(directory, USUAL_BYTES);
        }
    }

    /// PostgreSQL: nothing is forwarded while it is away.
    record Database() implements Durability {}

    /// Nothing: what is in flight, or waits for PostgreSQL, is lost with the process.
    record Memory() implements Durability {}
}
