package dev.portcullis.console.toolcalls;

import dev.portcullis.console.events.AdminEvent;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who wants to see what callers have sent, and why.
///
/// @param reason at most [#LONGEST] characters; people have to give one, programs may
public record Revelation(String actor, Optional<String> reason) {
    public static final int LONGEST = 1_000;

    /// @throws IllegalArgumentException when the reason is too long
    public Revelation {
        reason = reason.map(String::strip).filter(text -> !text.isEmpty());
        if (reason.map(String::length).orElse(0) > LONGEST) {
            throw new IllegalArgumentException("reason: too long (expected: at most " + LONGEST + " characters)");
        }
    }

    AdminEvent event(Optional<String> exchange, Map<String, String> detail) {
        var event = AdminEvent.of(actor, AdminEvent.AUDIT_REVEALED).with(explained(detail));
        return exchange.map(event::about).orElse(event);
    }

    AdminEvent export(String format, String filter, boolean payloads) {
        return AdminEvent.of(actor, AdminEvent.AUDIT_EXPORTED)
                .with(explained(Map.of("format", format, "filter", filter, "payloads", Boolean.toString(payloads))));
    }

    AdminEvent exportEnded(long rows, boolean complete) {
        return AdminEvent.of(actor, AdminEvent.AUDIT_EXPORT_ENDED)
                .with(Map.of("rows", Long.toString(rows), "complete", Boolean.toString(complete)));
    }

    private Map<String, String> explained(Map<String, String> detail) {
        var all = new TreeMap<>(detail);
        reason.ifPresent(words -> all.put("reason", words));
        return all;
    }
}
