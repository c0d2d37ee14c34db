package dev.portcullis.console.settings.ui;

import dev.portcullis.console.storage.Retention;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;

/// What became of the retention while somebody was choosing another one.
///
/// @param before as the one who chooses saw it
record RetentionMeanwhile(Retention before, Retention now) {

    /// That of now with what somebody has changed about that of before.
    Retention with(Retention chosen) {
        var names = new HashSet<>(chosen.organizations().keySet());
        names.addAll(now.organizations().keySet());
        var organizations = new HashMap<String, Optional<Duration>>();
        for (var name : names) {
            var source = term(chosen, name).equals(term(before, name)) ? now : chosen;
            term(source, name).ifPresent(term -> organizations.put(name, term));
        }
        return new Retention(chosen.usual().equals(before.usual()) ? now.usual() : chosen.usual(), organizations);
    }

    String sentence() {
        return "Somebody else has changed the retention meanwhile, from " + before.describe() + " to " + now.describe()
                + ".";
    }

    /// Absent when it has no term of its own.
    private static Optional<Optional<Duration>> term(Retention retention, String name) {
        return Optional.ofNullable(retention.organizations().get(name));
    }
}
