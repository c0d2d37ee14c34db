package dev.portcullis.console.sinks.ocsf;

import dev.portcullis.console.sinks.Gap;
import dev.portcullis.console.sinks.ocsf.OcsfClass.Activity;
import dev.portcullis.console.sinks.ocsf.OcsfClass.Status;

import java.time.OffsetDateTime;

/// What can no longer be sent, as an event without a category.
public final class OcsfGap {
    private OcsfGap() {}

    /// @param now when it was noticed
    public static OcsfEvent of(Gap gap, OffsetDateTime now) {
        var uid = gap.chain() + ":" + gap.first() + "-" + gap.last();
        var event = OcsfClass.BASE_EVENT.event(
                Activity.other("gap"), OcsfSeverity.HIGH, Status.FAILURE, now, gap.describe());
        event.set("metadata", OcsfClass.metadata(uid, now, "tool-calls"));
        var unmapped = event.putObject("unmapped")
                .put("chain", gap.chain().toString())
                .put("first", gap.first())
                .put("last", gap.last())
                .put("cause", gap.cause());
        gap.cut()
                .ifPresent(cut -> unmapped.putObject("cut")
                        .put("first", cut.first())
                        .put("last", cut.last().sequence())
                        .put("part", cut.part())
                        .put("dropped_at", cut.droppedAt().toString())
                        .put("dropped_by", cut.droppedBy()));
        return new OcsfEvent(OcsfEvent.Kind.GAP, uid, now, OcsfSeverity.HIGH, "portcullis-console", event);
    }
}
