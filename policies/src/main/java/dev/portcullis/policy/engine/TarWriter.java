package dev.portcullis.policy.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A tar archive (POSIX ustar) whose bytes depend on names and contents alone: no time, no owner.
final class TarWriter {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int CHECKSUM_AT = 148;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    /// Adds a file.
    ///
    /// @param name at most 100 ASCII characters
    TarWriter add(String name, byte[] content) {
        if (name.length() > NAME_LENGTH) {
            throw new IllegalArgumentException("name: " + name + " (expected: at most 100 characters)");
        }
        archive.writeBytes(header(name, content.length));
        archive.writeBytes(content);
        archive.writeBytes(new byte[Math.floorMod(-content.length, BLOCK)]);
        return this;
    }

    /// The whole archive with its end.
    byte[] finished() {
        archive.writeBytes(new byte[2 * BLOCK]);
        return archive.toByteArray();
    }

    private static byte[] header(String name, int size) {
        var header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0" + "%011o\0".formatted(size) + "00000000000\0");
        Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        var sum = 0;
        for (var octet : header) {
            sum += octet & 0xff;
        }
        put(header, CHECKSUM_AT, "%06o\0".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
