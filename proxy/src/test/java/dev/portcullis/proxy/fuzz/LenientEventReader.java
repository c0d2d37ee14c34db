package dev.portcullis.proxy.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads an event stream as clients do that are less exact than the specification: they end lines
/// elsewhere too, ignore the case of field names and the spaces around them, or take each line of data
/// for an event of its own.
///
/// @param lineEnd what ends a line
/// @param trims whether field names are found in any case and behind spaces or byte order marks
record LenientEventReader(Pattern lineEnd, boolean trims) {
    private static final Pattern STANDARD = Pattern.compile("\r\n|\r|\n");
    private static final Pattern ONLY_LF = Pattern.compile("\n");

    /// As `str.splitlines` of Python does.
    private static final Pattern UNICODE = Pattern.compile("\r\n|[\n\r\u000B\f\u001C\u001D\u001E\u0085\u2028\u2029]");

    /// They see exactly the data that the gateway saw.
    static final List<LenientEventReader> EXACT_AT_LINE_ENDS = List.of(
            new LenientEventReader(STANDARD, false),
            new LenientEventReader(STANDARD, true),
            new LenientEventReader(ONLY_LF, true));

    /// They see pieces of it: where data holds an unusual line end, it stands in a string of JSON, and no
    /// piece of a string is a message.
    static final List<LenientEventReader> CUTTING_ELSEWHERE =
            List.of(new LenientEventReader(UNICODE, false), new LenientEventReader(UNICODE, true));

    /// The data of every event in `stream`, in order.
    List<String> data(String stream) {
        var events = new ArrayList<String>();
        List<String> data = new ArrayList<>();
        for (var line : lineEnd.split(stream, -1)) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(String.join("\n", data));
                    data = new ArrayList<>();
                }
                continue;
            }
            var colon = line.indexOf(':');
            var name = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1);
            if ((trims ? name.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT) : name).equals("data")) {
                data.add(value.startsWith(" ") ? value.substring(1) : value);
            }
        }
        return events;
    }
}
