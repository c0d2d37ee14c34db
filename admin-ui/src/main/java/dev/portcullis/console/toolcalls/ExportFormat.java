package dev.portcullis.console.toolcalls;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How exported records are written, one line each.
public enum ExportFormat {
    /// One JSON object a line.
    NDJSON("application/x-ndjson;charset=UTF-8") {
        @Override
        public void begin(Writer out) {
            // no heading
        }

        @Override
        String line(ToolCall call) {
            return JSON.writeValueAsString(call) + "\n";
        }
    },

    /// RFC 4180, with a heading. A list is joined by spaces; what a spreadsheet would run as a formula begins
    /// with an apostrophe, because callers choose what stands in some cells. That is so within a cell, too,
    /// behind what parts cells where a comma is in numbers.
    CSV("text/csv;charset=UTF-8;header=present") {
        @Override
        public void begin(Writer out) throws IOException {
            var columns = Arrays.stream(ToolCall.class.getRecordComponents())
                    .map(component ->
                            component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(","));
            out.write(columns + "\r\n");
        }

        @Override
        String line(ToolCall call) {
            return JSON.<JsonNode>valueToTree(call)
                            .valueStream()
                            .map(ExportFormat::cell)
                            .collect(Collectors.joining(","))
                    + "\r\n";
        }
    };

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Where something begins that a spreadsheet would run, in full width, too.
    private static final Pattern FORMULA =
            Pattern.compile("(^|[;\\t\\n\\r])(?=[\\s\\u00a0\\u3000\"']*[=+@\\-\uff1d\uff0b\uff0d\uff20]|[\\t\\r])");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /// `ndjson` or `csv`; empty for anything else.
    public static Optional<ExportFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.suffix().equals(name))
                .findFirst();
    }

    /// Its name in addresses and file names.
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return mediaType;
    }

    public abstract void begin(Writer out) throws IOException;

    abstract String line(ToolCall call);

    public void write(ToolCall call, Writer out) {
        try {
            out.write(line(call));
        } catch (IOException e) {
            throw new UncheckedIOException("the reader of an export went away", e);
        }
    }

    private static String cell(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return quoted(value.valueStream().map(JsonNode::asString).collect(Collectors.joining(" ")));
        }
        return value.isObject() ? quoted(value.toString()) : quoted(value.asString());
    }

    private static String quoted(String text) {
        var harmless = FORMULA.matcher(text).replaceAll("$1'");
        return harmless.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
