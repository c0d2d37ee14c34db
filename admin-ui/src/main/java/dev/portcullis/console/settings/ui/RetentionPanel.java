package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.storage.HoldOrder;
import dev.portcullis.console.storage.HoldService;
import dev.portcullis.console.storage.LegalHold;
import dev.portcullis.console.storage.RetentionService;
import dev.portcullis.console.storage.RetentionSetting.Owner;
import dev.portcullis.console.storage.StorageReport;
import dev.portcullis.console.storage.StorageReport.KeptPart;
import dev.portcullis.console.storage.StorageService;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How long the trail is kept, its parts and when each goes, and the legal holds that keep it.
final class RetentionPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final int HOLDS = 50;
    private static final long UNIT = 1024;

    private final transient StorageService storage;
    private final transient HoldService holds;
    private final transient RetentionService retention;
    private final transient Actor actor;
    private final transient Clock clock;

    RetentionPanel(StorageService storage, HoldService holds, RetentionService retention, Actor actor, Clock clock) {
        this.storage = storage;
        this.holds = holds;
        this.retention = retention;
        this.actor = actor;
        this.clock = clock;
        addClassName("settings-columns");
        refresh();
    }

    private void refresh() {
        var report = storage.report();
        removeAll();
        add(new Div(kept(report), parts(report)), held());
    }

    private Component kept(StorageReport report) {
        var setting = retention.setting();
        var facts = new Facts()
                .fact("Kept", report.retention())
                .fact(
                        "Organizations",
                        Optional.of(report.organizations().entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(term -> term.getKey() + " " + term.getValue())
                                        .collect(Collectors.joining(", ")))
                                .filter(terms -> !terms.isEmpty()))
                .fact(
                        "Changed",
                        setting.changed()
                                .map(change -> "by " + change.by() + ", " + Moments.toTheSecond(change.at()) + ": "
                                        + change.reason()))
                .fact("Parts", report.partitions())
                .fact("Ready until", report.ahead().map(Moments::toTheSecond));
        var panel = panel("Retention", facts);
        if (setting.owner() == Owner.CONSOLE && actor.isAdmin()) {
            var change =
                    new Button("Change retention…", _ -> new RetentionDialog(retention, actor, this::refresh).open());
            change.addThemeVariants(ButtonVariant.LUMO_SMALL);
            panel.add(change);
        }
        panel.add(elsewhere(setting.owner()));
        report.warnings().forEach(warning -> panel.add(warning(warning)));
        return panel;
    }

    private static Component elsewhere(Owner owner) {
        var partitions = new SetElsewhere.Key("console.audit.partitions", "monthly or daily parts");
        return switch (owner) {
            case CONSOLE -> new SetElsewhere("docs/retention.md", partitions);
            case FILE ->
                new SetElsewhere(
                        "docs/retention.md",
                        new SetElsewhere.Key("console.audit.retention", "how long records are kept"),
                        new SetElsewhere.Key("console.audit.organizations", "terms of single organizations"),
                        partitions);
        };
    }

    private Component parts(StorageReport report) {
        var list = new Div();
        list.addClassName("settings-rows");
        report.items().reversed().forEach(part -> list.add(part(part)));
        return panel(
                "Parts of the trail",
                list,
                note("A part goes as a whole, when its last record is old enough for"
                        + " everybody who has records in it."));
    }

    private Component part(KeptPart part) {
        var name = new Span(part.name().replaceFirst("^exchanges_", "").replace('_', '-'));
        name.addClassName("version-number");
        var first = new Div(name, fate(part));
        first.addClassName("card-line");
        var size = new Span(part.records()
                        .map(records -> number(records) + (records == 1 ? " record, " : " records, "))
                        .orElse("Records not counted yet, ")
                + bytes(part.bytes()));
        size.addClassName("secondary");
        var row = new Div(first, size);
        row.addClassName("history-entry");
        return row;
    }

    private Chip fate(KeptPart part) {
        if (!part.holds().isEmpty()) {
            return new Chip("held", Tone.GOOD);
        }
        return part.due()
                .map(due -> due.isAfter(OffsetDateTime.now(clock))
                        ? new Chip("goes " + due.toLocalDate(), Tone.QUIET)
                        : new Chip("goes next", Tone.REFUSED))
                .orElseGet(() -> new Chip("kept", Tone.QUIET));
    }

    private Component held() {
        var all = holds.history(HOLDS);
        var list = new Div();
        list.addClassName("settings-rows");
        all.forEach(hold -> list.add(hold(hold)));
        var panel = panel(
                "Legal holds",
                note(
                        "No part that has a moment of a hold is dropped until it is released, whatever the retention says."));
        if (actor.isAdmin()) {
            var place = new Button("Place a hold…", _ -> new HoldDialog(this::place).open());
            place.addThemeVariants(ButtonVariant.LUMO_SMALL);
            panel.add(place);
        }
        panel.add(all.isEmpty() ? note("There are none, and never were.") : list);
        return panel;
    }

    private Component hold(LegalHold hold) {
        var reason = new Span(hold.reason());
        reason.addClassName("version-number");
        var first = new Div(reason, hold.isEngaged() ? new Chip("keeps", Tone.GOOD) : new Chip("released", Tone.QUIET));
        first.addClassName("card-line");
        var about = new Span(hold.describe());
        var who = new Span("Placed by " + hold.placedBy() + ", " + Moments.toTheSecond(hold.placedAt())
                + hold.releasedBy()
                        .map(by -> " · released by " + by
                                + hold.releaseReason()
                                        .map(words -> ": " + words)
                                        .orElse(""))
                        .orElse(""));
        about.addClassName("secondary");
        who.addClassName("secondary");
        var row = new Div(first, about, who);
        row.addClassName("history-entry");
        if (hold.isEngaged() && actor.isAdmin()) {
            var release =
                    new Button("Release…", _ -> new ReleaseHoldDialog(hold, words -> release(hold, words)).open());
            release.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
            release.setAriaLabel("Release the hold “" + hold.reason() + "”");
            release.addClassName("settings-action");
            row.add(release);
        }
        return row;
    }

    private void place(HoldOrder order) {
        holds.place(order, actor.name());
        refresh();
    }

    /// Somebody else may have been first: then nothing changes, and they are told.
    private void release(LegalHold hold, String reason) {
        var isStale = holds.engaged().stream().noneMatch(other -> other.id().equals(hold.id()));
        if (isStale) {
            Told.somebodyElse("Somebody else has released this hold meanwhile.");
        } else {
            holds.release(hold.id(), Optional.of(reason), actor.name());
        }
        refresh();
    }

    private static Div panel(String name, Component... content) {
        var panel = new Div(new H2(name));
        panel.addClassNames("panel", "settings-panel");
        List.of(content).forEach(panel::add);
        return panel;
    }

    private static Paragraph note(String text) {
        var note = new Paragraph(text);
        note.addClassName("secondary");
        return note;
    }

    private static Paragraph warning(String text) {
        var warning = new Paragraph(text);
        warning.addClassName("settings-warning");
        return warning;
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String bytes(long bytes) {
        if (bytes < UNIT * UNIT) {
            return bytes / UNIT + " KiB";
        }
        return bytes < UNIT * UNIT * UNIT
                ? bytes / (UNIT * UNIT) + " MiB"
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (UNIT * UNIT * UNIT));
    }
}
