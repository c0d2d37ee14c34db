package dev.portcullis.console.callers.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.Screens;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.callers.SeenCaller;
import dev.portcullis.console.callers.SeenSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class CallersViewTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-05T10:00:00Z");
    private static final SeenCaller CALLER = new SeenCaller(
            UUID.randomUUID(),
            "anonymous",
            "anonymous",
            "anonymous",
            false,
            List.of(),
            NOW,
            NOW,
            4,
            0,
            0,
            List.of(),
            List.of(),
            List.of());
    private static final CallerActions NO_ACTIONS = new CallerActions() {
        @Override
        public void revokeSession(SeenSession session) {}

        @Override
        public void revokeGrant(SeenCaller caller) {}

        @Override
        public void revokeKey(SeenCaller caller) {}
    };

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @ParameterizedTest
    @CsvSource({
        "text=like-nobody-else, Nobody matches",
        "kind=x, Nobody matches",
        "caller=11111111-1111-1111-1111-111111111111, Not on record"
    })
    void whatIsNotThereSaysSo(String query, String heading) {
        assertThat(screens.windowOf("vic", Roles.VIEWER)
                        .open("callers?" + query)
                        .emptyStates())
                .contains(heading);
    }

    @ParameterizedTest
    @ValueSource(strings = {"callers", "callers?tab=sessions", "callers?text=like-nobody-else"})
    void detailOfNobodyIsLeftForTheList(String list) {
        // Given
        var window = screens.windowOf("vic", Roles.VIEWER)
                .open(list + (list.contains("?") ? "&" : "?") + "caller=11111111-1111-1111-1111-111111111111");

        // When
        window.leave();

        // Then
        assertThat(window.address()).isEqualTo(list);
        assertThat(window.emptyStates()).doesNotContain("Not on record");
    }

    @Test
    void softwareThatGivesItselfAMisleadingNameIsSeenThrough() {
        // Given
        var window = screens.windowOf("vic", Roles.VIEWER).open("callers?tab=sessions");
        var session = session("nightly\u202Etxt", NOW, Optional.empty(), Optional.empty());

        // When
        window.kit().getUI().add(new SessionTable(List.of(session), NOW.toInstant(), Optional.empty()));

        // Then
        assertThat(window.text().lines())
                .contains("nightly\\u{202E}txt 1.0", "anonymous", "port-eu", "just now", "1 request");
        assertThat(window.text()).contains("Admins only").doesNotContain("\u202E");
    }

    @Test
    void onlySessionsThatCouldGoOnAreRevoked() {
        // Given
        var window = screens.windowOf("ada", Roles.ADMIN).open("callers");
        var sessions = List.of(
                session("active", NOW, Optional.empty(), Optional.empty()),
                session("quiet", NOW.minusDays(1), Optional.empty(), Optional.empty()),
                session("ended", NOW, Optional.of(NOW), Optional.empty()),
                session("revoked", NOW, Optional.empty(), Optional.of(NOW)));

        // When
        window.kit().getUI().add(new CallerPanel(CALLER, sessions, NOW.toInstant(), Optional.of(NO_ACTIONS), () -> {}));

        // Then
        assertThat(window.text().lines()).contains("active", "quiet", "ended", "revoked");
        assertThat(window.offers().stream().filter("Revoke…"::equals)).hasSize(2);
    }

    private static SeenSession session(
            String client,
            OffsetDateTime lastSeenAt,
            Optional<OffsetDateTime> endedAt,
            Optional<OffsetDateTime> revokedAt) {
        return new SeenSession(
                "a1b2c3d4e5f60718",
                CALLER.id(),
                "anonymous",
                "port-eu",
                Optional.of(client),
                Optional.of("1.0"),
                Optional.empty(),
                lastSeenAt,
                lastSeenAt,
                endedAt,
                1,
                revokedAt);
    }

    @Test
    void nothingIsRevokedWithoutAReason() {
        // Given
        List<String> revoked = new ArrayList<>();
        var window = screens.windowOf("ada", Roles.ADMIN).open("callers");
        new RevokeDialog("Revoke this session?", "It ends.", "Revoke it", revoked::add).open();
        window.settle();

        // Then
        assertThat(window.button("Revoke it").isEnabled()).isFalse();
        assertThat(window.write("Reason", "  ").button("Revoke it").isEnabled()).isFalse();

        // When
        window.write("Reason", " stolen ").press("Revoke it");

        // Then
        assertThat(revoked).containsExactly("stolen");
        assertThat(window.dialogs()).isZero();
    }
}
