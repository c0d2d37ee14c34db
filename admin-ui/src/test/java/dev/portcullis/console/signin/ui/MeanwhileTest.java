package dev.portcullis.console.signin.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.signin.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

class MeanwhileTest {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-03-05T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "VIEWER, VIEWER, VIEWER EDITOR, VIEWER EDITOR",
        "VIEWER, VIEWER APPROVER, VIEWER EDITOR, VIEWER EDITOR APPROVER",
        "VIEWER ADMIN, VIEWER, VIEWER EDITOR ADMIN, VIEWER EDITOR",
        "VIEWER ADMIN, VIEWER ADMIN AUDITOR, VIEWER, VIEWER AUDITOR",
        "VIEWER EDITOR, VIEWER, VIEWER, VIEWER",
        "VIEWER, EDITOR, ADMIN, EDITOR ADMIN",
    })
    void whatEachHasChangedIsKept(String before, String now, String chosen, String roles) {
        var meanwhile = new Meanwhile(person(before, false, false), person(now, false, false));

        assertThat(meanwhile.with(roles(chosen))).containsExactlyInAnyOrderElementsOf(roles(roles));
    }

    @Test
    void everythingThatOthersChangedIsSaid() {
        assertThat(new Meanwhile(person("VIEWER ADMIN", false, false), person("VIEWER EDITOR", true, true)).sentence())
                .isEqualTo("Somebody else has changed bob meanwhile: EDITOR given, ADMIN taken away, locked,"
                        + " password reset.");
        assertThat(new Meanwhile(person("VIEWER", true, true), person("VIEWER", false, false)).sentence())
                .isEqualTo("Somebody else has changed bob meanwhile: unlocked, password chosen.");
        assertThat(new Meanwhile(person("VIEWER", false, false), person("VIEWER", false, false)).sentence())
                .isEqualTo("Somebody else has changed bob meanwhile.");
    }

    private static Person person(String roles, boolean isLocked, boolean mustChangePassword) {
        return new Person(
                "bob",
                roles(roles),
                mustChangePassword,
                TIME,
                Optional.empty(),
                isLocked ? Optional.of(TIME) : Optional.empty(),
                Optional.empty(),
                1);
    }

    private static List<String> roles(String words) {
        return List.of(words.split(" "));
    }
}
