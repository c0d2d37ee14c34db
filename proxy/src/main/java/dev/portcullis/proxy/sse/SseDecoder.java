package dev.portcullis.proxy.sse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Cuts a stream of bytes into [SseEvent]s as they become complete. One instance for one stream; not
/// thread-safe.
///
/// Lines end with CR, LF or CRLF in any mixture; a leading byte order mark is dropped; what stands
/// behind the last blank line is not an event and is never given out.
public final class SseDecoder {
    private static final Set<String> FIELDS = Set.of("data", "event", "id", "retry");
    /// Where the line readers of some languages end a line too. In data such a character stands within a
    /// string of JSON; in any other field it could make an event of the rest, unseen here.
    private static final Pattern ELSEWHERE_A_LINE_END = Pattern.compile("[\u000B\f\u001C-\u001E\u0085\u2028\u2029]");

    private static final int LINE_OVERHEAD = 32;

    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final List<String> block = new ArrayList<>();
    private int blockBytes;
    private boolean afterCarriageReturn;
    private boolean firstLine = true;

    /// @param maxEventBytes the largest block that is read
    public SseDecoder(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /// Reads on.
    ///
    /// @return the blocks that `bytes` completed, often none
    /// @throws NotAnEventStream when a block is too large or not UTF-8; the decoder is of no use
    ///     afterwards
    public List<SseEvent> decode(byte[] bytes) throws NotAnEventStream {
        var events = new ArrayList<SseEvent>();
        for (var b : bytes) {
            if (b == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                continue;
            }
            afterCarriageReturn = b == '\r';
            if (b == '\n' || b == '\r') {
                endLine(events);
            } else {
                line.write(b);
                grow(1);
            }
        }
        return events;
    }

    private void endLine(List<SseEvent> events) throws NotAnEventStream {
        var text = text();
        line.reset();
        if (text.isEmpty()) {
            if (!block.isEmpty()) {
                events.add(new SseEvent(block));
                block.clear();
            }
            blockBytes = 0;
        } else {
            keep(text);
            grow(LINE_OVERHEAD);
        }
    }

    /// Keeps what has a meaning. What has none passes no further, because a reader that is less exact
    /// might see an event in it; of a comment only its being there is kept.
    private void keep(String text) {
        var colon = text.indexOf(':');
        var field = colon < 0 ? text : text.substring(0, colon);
        if (colon == 0) {
            block.add(":");
        } else if (field.equals("data")
                || (FIELDS.contains(field)
                        && !ELSEWHERE_A_LINE_END.matcher(text).find())) {
            block.add(text);
        }
    }

    private String text() throws NotAnEventStream {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            var begin = firstLine && text.startsWith("\uFEFF") ? 1 : 0;
            firstLine = false;
            return text.substring(begin);
        } catch (CharacterCodingException e) {
            throw new NotAnEventStream("an event is not valid UTF-8");
        }
    }

    private void grow(int bytes) throws NotAnEventStream {
        blockBytes += bytes;
        if (blockBytes > maxEventBytes) {
            throw new NotAnEventStream("an event is larger than " + maxEventBytes + " bytes");
        }
    }

    /// The sender's bytes cannot be read as an event stream.
    public static final class NotAnEventStream extends Exception {
        NotAnEventStream(String reason) {
            super(reason, null, false, false);
        }
    }
}
