package dev.portcullis.console.signin.ui;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.signin.Person;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What became of a person while somebody was choosing roles for them.
///
/// @param before as the one who chooses saw them
record Meanwhile(Person before, Person now) {

    /// The roles of now with what somebody has changed about those of before: what others took is not given back by
    /// whoever did not touch it, and what others gave stays.
    List<String> with(Collection<String> chosen) {
        return Roles.OF_PEOPLE.stream()
                .filter(role -> before.roles().contains(role) == chosen.contains(role)
                        ? now.roles().contains(role)
                        : chosen.contains(role))
                .toList();
    }

    /// For instance `Somebody else has changed bob meanwhile: ADMIN taken away, locked.`
    String sentence() {
        var changes = new ArrayList<String>();
        Roles.OF_PEOPLE.forEach(role -> {
            var had = before.roles().contains(role);
            if (had != now.roles().contains(role)) {
                changes.add(role + (had ? " taken away" : " given"));
            }
        });
        if (before.isLocked() != now.isLocked()) {
            changes.add(now.isLocked() ? "locked" : "unlocked");
        }
        if (before.mustChangePassword() != now.mustChangePassword()) {
            changes.add(now.mustChangePassword() ? "password reset" : "password chosen");
        }
        var what = changes.isEmpty() ? "" : ": " + String.join(", ", changes);
        return "Somebody else has changed " + now.username() + " meanwhile" + what + ".";
    }
}
