package dev.portcullis.proxy.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One block of an event stream: an event, a comment, or only fields such as `retry`.
///
/// @param lines the block's lines without their ends, in order
/// @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent
///     events</a>
public record SseEvent(List<String> lines) {
    public SseEvent {
        lines = List.copyOf(lines);
    }

    /// An event of the default type with this data.
    public static SseEvent message(String data) {
        return new SseEvent(List.of("event: message")).withData(data);
    }

    /// The data a client sees, or empty when the block has none and therefore is no event.
    public Optional<String> data() {
        var parts = lines.stream().filter(SseEvent::isData).map(SseEvent::value).toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", parts));
    }

    /// The event's type; `message` when it names none.
    public String type() {
        return lines.stream()
                .filter(line -> line.startsWith("event:") || line.equals("event"))
                .map(SseEvent::value)
                .reduce("", (first, second) -> second)
                .transform(type -> type.isEmpty() ? "message" : type);
    }

    /// What is left when nothing of the event may be seen: the place to resume from, and when to come
    /// back. Empty when it said neither.
    public Optional<SseEvent> withoutData() {
        var left = lines.stream()
                .filter(line -> !isData(line) && !line.equals("event") && !line.startsWith("event:"))
                .toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new SseEvent(left));
    }

    /// Whether the client can resume behind this event.
    public boolean hasId() {
        return lines.stream().anyMatch(line -> line.equals("id") || line.startsWith("id:"));
    }

    /// The same block with other data, all other fields as they were.
    public SseEvent withData(String data) {
        var changed =
                new ArrayList<>(lines.stream().filter(line -> !isData(line)).toList());
        data.lines().map(line -> "data: " + line).forEach(changed::add);
        return new SseEvent(changed);
    }

    /// The block as it goes to the wire: every line ended by LF, whatever the sender used, so that all
    /// readers agree.
    public byte[] encoded() {
        return (String.join("\n", lines) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isData(String line) {
        return line.equals("data") || line.startsWith("data:");
    }

    private static String value(String line) {
        var colon = line.indexOf(':');
        if (colon < 0) {
            return "";
        }
        var value = line.substring(colon + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
