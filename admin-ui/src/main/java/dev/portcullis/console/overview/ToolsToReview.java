package dev.portcullis.console.overview;

import static dev.portcullis.console.overview.Attention.Severity.NOTICE;
import static dev.portcullis.console.overview.Attention.Severity.WARNING;

import dev.portcullis.console.tools.ToolFilter;
import dev.portcullis.console.tools.ToolService;
import dev.portcullis.console.tools.ToolState;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// How many tools wait for somebody's word. To know it takes all rules and all tools, so it is remembered for a while.
@Component
class ToolsToReview {
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST = 100;

    private final ToolService tools;
    private final Clock clock;
    private final AtomicReference<Known> known = new AtomicReference<>(new Known(Instant.MIN, Optional.empty()));

    ToolsToReview(ToolService tools, Clock clock) {
        this.tools = tools;
        this.clock = clock;
    }

    private record Known(Instant at, Optional<Count> count) {}

    /// @param changed tools whose definition is not the one that was accepted
    /// @param fresh tools that nobody has decided anything about
    record Count(int changed, int fresh) {
        List<Attention> attention() {
            var attention = new ArrayList<Attention>();
            if (changed > 0) {
                attention.add(new Attention(
                        WARNING,
                        "tools_changed",
                        number(changed) + (changed == 1 ? " tool has" : " tools have")
                                + " changed since somebody accepted " + (changed == 1 ? "it." : "them."),
                        "tools?state=changed"));
            }
            if (fresh > 0) {
                attention.add(new Attention(
                        NOTICE,
                        "tools_new",
                        number(fresh) + (fresh == 1 ? " new tool awaits review." : " new tools await review."),
                        "tools?state=new"));
            }
            return attention;
        }

        private static String number(int count) {
            return count > MOST ? "More than " + MOST : Integer.toString(count);
        }
    }

    Optional<Count> counted() {
        var last = known.get();
        var now = clock.instant();
        if (last.count().isPresent() && last.at().plus(REMEMBERED).isAfter(now)) {
            return last.count();
        }
        var fresh = Optional.of(new Count(count(ToolState.CHANGED), count(ToolState.NEW)));
        known.set(new Known(now, fresh));
        return fresh;
    }

    private int count(ToolState state) {
        var wanted = new ToolFilter(Optional.empty(), Optional.empty(), Optional.of(state), Optional.empty(), false);
        return tools.summaries(wanted, Optional.empty(), MOST + 1).size();
    }
}
