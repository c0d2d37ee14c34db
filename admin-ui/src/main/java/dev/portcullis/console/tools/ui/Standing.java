package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.html.Div;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.tools.ToolStanding;
import dev.portcullis.console.tools.ToolState;
import dev.portcullis.policy.profile.ClassSource;

/// How a tool stands with the policy, in words and colours.
final class Standing {
    private Standing() {}

    static Div chips(ToolStanding standing) {
        var chips = new Div(new Chip(label(standing.state()), tone(standing.state())));
        if (!standing.heldBackBy().isEmpty()) {
            chips.add(new Chip("Held back", Tone.REFUSED));
        }
        chips.addClassName("chips");
        return chips;
    }

    static String label(ToolState state) {
        return switch (state) {
            case NEW -> "New";
            case UNREVIEWED -> "Unreviewed";
            case CHANGED -> "Changed";
            case ACCEPTED -> "Accepted";
            case BLOCKED -> "Blocked";
        };
    }

    static String source(ClassSource source) {
        return switch (source) {
            case REVIEW -> "reviewed";
            case PROFILE -> "from the profile";
            case ANNOTATION -> "the upstream says so";
            case DEFAULT -> "nobody has said";
        };
    }

    private static Tone tone(ToolState state) {
        return switch (state) {
            case NEW -> Tone.REFUSED;
            case CHANGED -> Tone.BAD;
            case ACCEPTED -> Tone.GOOD;
            case UNREVIEWED, BLOCKED -> Tone.QUIET;
        };
    }
}
