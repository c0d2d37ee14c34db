package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.Filtered;
import dev.portcullis.proxy.exchange.KeptAnswer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Notes of an upstream's answer what the audit trail keeps of it. Belongs to the event loop of the exchange.
///
/// Of names that were hidden no more than [#MOST_NAMES] are kept, and the number of those beyond; of each the
/// first characters.
final class AnswerNotes {
    static final int MOST_NAMES = 1_000;

    private static final int LONGEST_NAME = 2_048;

    private final List<String> hidden = new ArrayList<>();
    private boolean isList;
    private long more;

    /// What has become of a message of the upstream.
    void passes(Filtered filtered) {
        if (filtered instanceof Filtered.Replaced replaced) {
            replaced.hidden().ifPresent(this::hides);
        }
    }

    private void hides(List<String> names) {
        isList = true;
        var room = MOST_NAMES - hidden.size();
        names.stream()
                .limit(room)
                .map(name -> name.substring(0, Math.min(name.length(), LONGEST_NAME)))
                .forEach(hidden::add);
        more += Math.max(0, names.size() - room);
    }

    KeptAnswer kept() {
        return new KeptAnswer(isList ? Optional.of(names()) : Optional.empty());
    }

    /// No name of a tool has a space in it, so nobody takes the last entry for one.
    private List<String> names() {
        if (more == 0) {
            return hidden;
        }
        var all = new ArrayList<>(hidden);
        all.add("and " + more + " more");
        return all;
    }
}
