package dev.portcullis.console.policy;

import dev.portcullis.policy.document.KnownNames;
import dev.portcullis.policy.document.ReadDocument;
import dev.portcullis.policy.document.ReadResult;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.LinkedHashMap;
import java.util.Map;

/// Documents as they were read lately. The same few texts, the version in force and the draft, are what nearly every
/// screen asks for, and reading one of thousands of rules takes longer than a screen has.
///
/// It remembers [#MOST] texts, the least recently asked for are forgotten first. Safe for threads; who asks for a text
/// that somebody else is reading waits for that.
@Component
public class ReadDocuments {
    static final int MOST = 3;

    private final Map<String, Reading> readings = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reading> eldest) {
            return size() > MOST;
        }
    };

    /// What a text says, without warnings.
    public ReadResult read(String text) {
        return reading(text).document().withoutWarnings();
    }

    /// What a text says, and everything that is doubtful in it by these names.
    public ReadResult read(String text, KnownNames known) {
        return reading(text).comparedWith(known);
    }

    private Reading reading(String text) {
        synchronized (readings) {
            return readings.computeIfAbsent(text, Reading::new);
        }
    }

    /// Reads when somebody asks for the first time.
    private static final class Reading {
        private final String text;
        private @Nullable ReadDocument document;
        private @Nullable Compared newest;

        Reading(String text) {
            this.text = text;
        }

        private record Compared(KnownNames known, ReadResult result) {}

        synchronized ReadDocument document() {
            if (document == null) {
                document = ReadDocument.of(text);
            }
            return document;
        }

        synchronized ReadResult comparedWith(KnownNames known) {
            if (newest == null || !newest.known().equals(known)) {
                newest = new Compared(known, document().comparedWith(known));
            }
            return newest.result();
        }
    }
}
