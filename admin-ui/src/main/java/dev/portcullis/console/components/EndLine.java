package dev.portcullis.console.components;

import com.vaadin.flow.component.html.Div;
import dev.portcullis.console.ends.End;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// When something ends, with a word that stands out when that is soon, or over.
public final class EndLine extends Div {
    private static final long serialVersionUID = 1L;

    /// @param without what is said when there is no end
    public EndLine(Optional<OffsetDateTime> end, Instant now, String without) {
        addClassName("chips");
        end.map(End::new).ifPresent(known -> {
            if (known.isOver(now)) {
                add(new Chip("ended", Tone.BAD));
            } else if (known.isSoon(now)) {
                add(new Chip("ends soon", Tone.REFUSED));
            }
        });
        add(new QuietText(end.map(Moments::toTheSecond).orElse(without)));
    }
}
