package dev.portcullis.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillService;

import java.util.List;

/// Says on every screen, in red, that a kill is engaged: what it stops, since when, by whom, and why.
final class KillBanner extends Div {
    private static final long serialVersionUID = 1L;

    private final transient KillService kills;
    private transient List<KillRecord> shown = List.of();

    KillBanner(KillService kills) {
        this.kills = kills;
        addClassName("kill-banner");
        getElement().setAttribute("role", "alert");
        setVisible(false);
    }

    void refresh() {
        var engaged = kills.engaged();
        if (engaged.equals(shown)) {
            return;
        }
        shown = engaged;
        setVisible(!engaged.isEmpty());
        removeAll();
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
        var reason = new Span(text);
        reason.addClassName("kill-banner-reason");
        return reason;
    }
}
