package dev.portcullis.console.trail.api;

import dev.portcullis.console.trail.PlacedCall;
import dev.portcullis.console.trail.Places;
import dev.portcullis.console.trail.TailOutput;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes the tail as server-sent events, see the
/// [HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html).
///
/// The last call of each look carries the places as its id, and so does every heartbeat: what a client
/// has of the look when it loses its connection, it gets again.
final class EventStream implements TailOutput {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutputStream out;

    EventStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void calls(List<PlacedCall> calls, Places read) throws IOException {
        for (var call : calls.subList(0, calls.size() - 1)) {
            write(event(call));
        }
        write("id: " + read.encode() + "\n" + event(calls.getLast()));
        out.flush();
    }

    @Override
    public void heartbeat(Places read) throws IOException {
        write(": still here\nid: " + read.encode() + "\n\n");
        out.flush();
    }

    /// A JSON text without line breaks, as Jackson writes it, is one line of data.
    private static String event(PlacedCall call) {
        return "event: tool-call\ndata: " + JSON.writeValueAsString(call.call()) + "\n\n";
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
