package dev.portcullis.console.storage;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.storage.query.RetentionQuery;
import org.springframework.stereotype.Component;

import java.util.Optional;

/// How long records are kept now: as the configuration file says where it says anything of it, otherwise as admins have
/// set it. Asked anew each time, so that all consoles agree.
@Component
class CurrentRetention {
    private final Optional<Retention> ofFile;
    private final RetentionQuery query;

    CurrentRetention(ConsoleSettings settings, RetentionQuery query) {
        this.ofFile = settings.trail().storage().retention();
        this.query = query;
    }

    RetentionSetting setting() {
        return ofFile.map(RetentionSetting::ofFile).orElseGet(query::setting);
    }

    /// What the configuration file says; empty where it leaves that to admins.
    Optional<Retention> ofFile() {
        return ofFile;
    }
}
