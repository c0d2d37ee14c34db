package dev.portcullis.proxy.fuzz;

import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// An input as a line and headers, so that the files of the corpus can be read.
record FuzzedHead(String startLine, HeaderFields headers) {
    static FuzzedHead of(byte[] input) {
        List<String> lines = Arrays.asList(new String(input, StandardCharsets.UTF_8).split("\n", -1));
        return new FuzzedHead(
                lines.getFirst(),
                new HeaderFields(lines.stream()
                        .skip(1)
                        .filter(line -> line.indexOf(':') > 0)
                        .map(FuzzedHead::field)
                        .toList()));
    }

    private static Field field(String line) {
        var colon = line.indexOf(':');
        return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
    }
}
