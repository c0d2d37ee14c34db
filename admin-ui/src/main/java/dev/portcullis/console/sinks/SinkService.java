package dev.portcullis.console.sinks;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.sinks.store.SinkStatusQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;

/// Tells how the sinks of this console's configuration are doing.
@Service
@RolesAllowed(Roles.VIEWER)
public class SinkService {
    private final List<SinkSettings> sinks;
    private final SinkStatusQuery status;

    SinkService(ConsoleSettings settings, SinkStatusQuery status) {
        this.sinks = settings.trail().sinks();
        this.status = status;
    }

    /// In the order of the configuration; without those that have not begun.
    public List<SinkStatus> all() {
        return sinks.stream().map(status::of).flatMap(Optional::stream).toList();
    }
}
