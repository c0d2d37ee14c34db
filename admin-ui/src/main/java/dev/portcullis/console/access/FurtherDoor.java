package dev.portcullis.console.access;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/// A way to the screens besides a username and a password.
public interface FurtherDoor {

    /// Adds it, if this console has it.
    void open(HttpSecurity http);
}
