package dev.portcullis.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/// Says on every screen, in red, that a kill is engaged: what it stops, since when, by whom, and why; and that nobody
/// can tell, when the database cannot be asked.
final class KillBanner extends Div {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(KillBanner.class);

    private final transient KillService kills;
    private transient Optional<List<KillRecord>> shown = Optional.of(List.of());

    KillBanner(KillService kills) {
        this.kills = kills;
        addClassName("kill-banner");
        getElement().setAttribute("role", "alert");
        setVisible(false);
    }

    void refresh() {
        var engaged = engaged();
        if (!engaged.equals(shown)) {
            shown = engaged;
            removeAll();
            engaged.ifPresentOrElse(this::show, this::showUnknown);
        }
    }

    /// Empty when nobody can tell.
    private Optional<List<KillRecord>> engaged() {
        try {
            return Optional.of(kills.engaged());
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the kills cannot be read");
            return Optional.empty();
        }
    }

    private void showUnknown() {
        setVisible(true);
        add(
                VaadinIcon.WARNING.create(),
                new Span("The console cannot reach its database"),
                reason("Whether a kill is engaged is not known here. Replicas go on with what they know."));
    }

    private void show(List<KillRecord> engaged) {
        setVisible(!engaged.isEmpty());
        engaged.stream()
                .limit(1)
                .forEach(kill -> add(
                        VaadinIcon.POWER_OFF.create(),
                        new Span(headline(kill)),
                        reason(kill, engaged.size() - 1),
                        new Anchor("kill-switch", "Details")));
    }

    private static String headline(KillRecord kill) {
        return kill.kill().isAboutEverybody()
                        && kill.kill().scope().isOrganization()
                        && kill.replica().isEmpty()
                ? "Kill switch engaged: all MCP traffic is stopped"
                : "Kill switch engaged for " + kill.describe();
    }

    private static Span reason(KillRecord kill, int others) {
        var text = "“" + kill.kill().reason() + "” — " + kill.engagedBy() + ", " + Moments.toTheSecond(kill.engagedAt())
                + (others > 0 ? " (and " + others + " more)" : "");
        return reason(text);
    }

    private static Span reason(String text) {
        var reason = new Span(text);
        reason.addClassName("kill-banner-reason");
        return reason;
    }
}
