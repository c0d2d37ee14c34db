package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.http.HeaderFields.Field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An answer that the gateway makes by itself, complete before it is sent.
///
/// @param body JSON text; absent for an answer without a body
public record OwnAnswer(int status, List<Field> headers, Optional<String> body) {
    public OwnAnswer {
        headers = List.copyOf(headers);
    }

    /// The same with one more header field.
    public OwnAnswer with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Field(name, value));
        return new OwnAnswer(status, more, body);
    }
}
