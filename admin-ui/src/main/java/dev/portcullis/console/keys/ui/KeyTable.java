package dev.portcullis.console.keys.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.DataTable;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.keys.ApiKeyRecord;
import dev.portcullis.console.keys.ApiKeyService;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;

/// One row for each key of a page.
final class KeyTable extends Div {
    private static final long serialVersionUID = 1L;

    private final boolean canRevoke;
    private final transient Clock clock;
    private final transient Consumer<ApiKeyRecord> revoke;
    private final DataTable table =
            new DataTable("API keys", "Key", "Groups", "Good for", "From", "Ends", "Last used", "Made", "Change");

    KeyTable(boolean canRevoke, Clock clock, Consumer<ApiKeyRecord> revoke) {
        this.canRevoke = canRevoke;
        this.clock = clock;
        this.revoke = revoke;
        add(table);
    }

    void show(List<ApiKeyRecord> keys) {
        var now = clock.instant();
        table.clear();
        keys.forEach(key -> table.row(
                name(key),
                new Span(key.groups().isEmpty() ? "None" : String.join(", ", key.groups())),
                new Span(key.routes().map(routes -> String.join(", ", routes)).orElse("Every route")),
                new Span(key.networks().isEmpty() ? "Anywhere" : String.join(", ", key.networks())),
                end(key, now),
                use(key, now),
                DataTable.lines(key.createdBy(), Moments.toTheSecond(key.createdAt())),
                action(key)));
    }

    private static Component name(ApiKeyRecord key) {
        var name = CallList.ofLate().with("caller", "key:" + key.name()).link(key.name());
        name.setTitle("Calls with keys of this name");
        name.addClassName("keys-name");
        var prefix = new Span("pck_" + key.prefix() + "_…");
        prefix.addClassNames("mono", "secondary");
        var lines = new Div(name, prefix);
        lines.addClassName("data-table-lines");
        return lines;
    }

    private static Component end(ApiKeyRecord key, Instant now) {
        if (key.revokedAt().isPresent()) {
            return with(
                    new Chip("revoked", Tone.QUIET),
                    key.revokedBy().orElse("") + ", "
                            + Moments.toTheSecond(key.revokedAt().get()));
        }
        return key.expiresAt()
                .map(end -> end(end, now))
                .orElseGet(() -> with(new Chip("good", Tone.GOOD), "when it is revoked"));
    }

    private static Component end(OffsetDateTime end, Instant now) {
        var time = Moments.toTheSecond(end);
        if (!end.toInstant().isAfter(now)) {
            return with(new Chip("expired", Tone.BAD), time);
        }
        return end.toInstant().isAfter(now.plus(ApiKeyService.SOON))
                ? with(new Chip("good", Tone.GOOD), time)
                : with(new Chip("expires soon", Tone.REFUSED), time);
    }

    private static Component use(ApiKeyRecord key, Instant now) {
        return key.lastUsedAt()
                .<Component>map(time -> DataTable.lines(
                        Moments.ago(time, now),
                        key.lastUsedAddress().map(address -> "from " + address).orElse("")))
                .orElseGet(() -> new Span("Never"));
    }

    private Component action(ApiKeyRecord key) {
        if (key.revokedAt().isPresent()) {
            return new Span("—");
        }
        if (!canRevoke) {
            return new Span("Admins only");
        }
        var button = new Button("Revoke…", _ -> revoke.accept(key));
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
        button.setAriaLabel("Revoke " + key.name());
        return button;
    }

    private static Component with(Chip chip, String more) {
        var words = new Span(more);
        words.addClassName("secondary");
        var both = new Div(chip, words);
        both.addClassName("chips");
        return both;
    }
}
