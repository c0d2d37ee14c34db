package dev.portcullis.console.storage;

import java.time.OffsetDateTime;
import java.util.Optional;

/// How long records are kept now, and who says so.
///
/// @param revision counts the changes that admins have made
/// @param changed the last of them; absent where the configuration file owns the retention
public record RetentionSetting(Retention retention, Owner owner, long revision, Optional<Changed> changed) {

    /// Who sets it.
    public enum Owner {
        /// Admins, here.
        CONSOLE,
        /// Whoever writes the configuration file.
        FILE
    }

    public record Changed(String by, OffsetDateTime at, String reason) {}

    static RetentionSetting ofFile(Retention retention) {
        return new RetentionSetting(retention, Owner.FILE, 0, Optional.empty());
    }

    /// Its entity tag.
    public String tag() {
        return owner == Owner.FILE ? "retention-file" : "retention-" + revision;
    }
}
