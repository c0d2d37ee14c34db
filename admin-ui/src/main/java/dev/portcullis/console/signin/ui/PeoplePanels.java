package dev.portcullis.console.signin.ui;

import com.vaadin.flow.component.Component;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.signin.PeopleService;

import java.time.Clock;

/// Makes the panel of people, for the screen that has a place for it.
@org.springframework.stereotype.Component
public class PeoplePanels {
    private final PeopleService people;
    private final Actor actor;
    private final Clock clock;
    private final ConsoleSettings settings;

    PeoplePanels(PeopleService people, Actor actor, Clock clock, ConsoleSettings settings) {
        this.people = people;
        this.actor = actor;
        this.clock = clock;
        this.settings = settings;
    }

    /// For whoever is signed in now.
    ///
    /// @throws org.springframework.security.access.AccessDeniedException unless they are an auditor or an admin
    public Component panel() {
        return new PeoplePanel(people, actor, clock, settings.signIn());
    }
}
