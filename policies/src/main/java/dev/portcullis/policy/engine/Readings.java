package dev.portcullis.policy.engine;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/// What programs could make of a text before they find URLs in it: the text as it is, the strings of the
/// JSON it may be, and the text without its JSON escapes, percent-encoding and character references, each
/// of them again in all of these ways.
///
/// Bounded by depth, and by the length of all readings of all texts that share a [Budget]; what is beyond
/// is not [#complete]. One use, one thread.
final class Readings {
    /// How often a text may be encoded.
    private static final int MOST_LEVELS = 8;

    private static final JsonFactory JSON = new JsonFactory();

    private final Queue<Reading> waiting = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private final Budget budget;
    private boolean complete = true;

    /// One of the texts.
    ///
    /// @param json whether all of it is JSON, so that a backslash in it belongs to an escape
    record Reading(String text, boolean json, int level) {}

    /// How many characters the readings of all texts of one request may come to. Were it a bound for each
    /// text, many short ones that are encoded in several ways would cost a hundred times their length, on an
    /// event loop.
    static final class Budget {
        private static final int FEW_CHARACTERS = 1 << 20;
        private static final int MOST_TIMES = 8;

        private long left;

        /// @param characters how long the texts are together
        Budget(long characters) {
            left = FEW_CHARACTERS + MOST_TIMES * characters;
        }

        boolean isSpent() {
            return left < 0;
        }

        private boolean pays(int characters) {
            left -= characters;
            return !isSpent();
        }
    }

    Readings(String text, Budget budget) {
        this.budget = budget;
        add(text, 0);
    }

    /// The next reading; empty when there are no more.
    Optional<Reading> next() {
        if (budget.isSpent()) {
            waiting.clear();
        }
        return Optional.ofNullable(waiting.poll()).map(this::withDecoded);
    }

    /// Whether there is no reading besides those that were returned.
    boolean complete() {
        return complete;
    }

    private Reading withDecoded(Reading reading) {
        var text = reading.text();
        var strings = stringsOf(text);
        strings.ifPresentOrElse(
                inside -> inside.forEach(string -> add(string, reading.level() + 1)),
                () -> add(Encoding.jsonEscapes(text), reading.level() + 1));
        if (strings.isEmpty()) {
            add(Encoding.percent(text), reading.level() + 1);
            Encoding.parameters(text).forEach(value -> add(value, reading.level() + 1));
            add(Encoding.characterReferences(text), reading.level() + 1);
        }
        return new Reading(text, strings.isPresent(), reading.level());
    }

    private void add(String text, int level) {
        if (text.isEmpty() || !known.add(text)) {
            return;
        }
        if (level <= MOST_LEVELS && budget.pays(text.length())) {
            waiting.add(new Reading(text, false, level));
        } else {
            complete = false;
        }
    }

    /// Every string and every key of a text that is JSON, one value or several.
    private static Optional<List<String>> stringsOf(String text) {
        var first = text.stripLeading();
        if (first.isEmpty() || "{[\"".indexOf(first.charAt(0)) < 0) {
            return Optional.empty();
        }
        var strings = new ArrayList<String>();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME) {
                    strings.add(parser.getString());
                }
            }
            return Optional.of(strings);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
