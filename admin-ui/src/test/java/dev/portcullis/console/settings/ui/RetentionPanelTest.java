package dev.portcullis.console.settings.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.Window;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.storage.Retention;
import dev.portcullis.console.storage.StorageSettings;
import dev.portcullis.console.storage.StorageSettings.Period;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

class RetentionPanelTest {
    private static final String RETENTION = "/api/v1/audit/retention";
    private static final String CHANGE = "Change retention…";
    private static final String CONFIRM = "Change retention";
    private static final String EVERYBODY = "Records of everybody";

    private static RunningConsole console;
    private static Screens screens;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
        screens = new Screens(console);
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        sql.execute("select audit.add_partition('2025-01-01'), audit.add_partition('2025-02-01')");
        sql.execute("insert into audit.exchanges (id, occurred_at, replica, decision, outcome)"
                + " select gen_random_uuid(), '2025-01-14', 'r', 'allowed', 'succeeded' from generate_series(1, 1200)");
        sql.execute("analyze audit.exchanges_2025_01");
        console.post(
                "/api/v1/audit/holds",
                "{\"from\": \"2025-02-01T00:00:00Z\", \"to\": \"2025-02-02T00:00:00Z\", \"reason\": \"r\"}");
    }

    @AfterAll
    static void stop() {
        screens.close();
        console.close();
    }

    @AfterEach
    void putBack() {
        screens.everybodyLeaves();
        put("forever", "{}");
    }

    @Test
    void adminSeesWhatGoesAndSaysWhy() {
        // Given
        var window = dialog("ada");

        // When
        days(window, "everybody", "90").write("Organization", "acme").press("Add organization");
        days(window, "acme", "30").press("Continue");

        // Then
        assertThat(window.text())
                .contains("90d; acme: 30d", "drops 1 part with about 1,200 records. They", "2025-01-01 to 2025-01-31")
                .contains("Legal holds keep 1 part that would go, too.");

        // When
        window.press(CONFIRM);

        // Then
        assertThat(window.complaint("Reason")).isEqualTo("Say why.");
        assertThat(inForce()).contains("\"retention\":\"forever\"");

        // When
        window.write("Reason", "ticket 7").press(CONFIRM);

        // Then
        assertThat(window.dialogs()).isZero();
        assertThat(window.text()).contains("90d", "acme 30d", "by ada, ", ": ticket 7");
        assertThat(inForce()).contains("\"retention\":\"90d\",\"organizations\":{\"acme\":\"30d\"}");
    }

    @Test
    void termOfAnOrganizationIsTakenAway() {
        // Given
        put("400d", "{\"acme\": \"30d\", \"law\": \"forever\"}");
        var window = dialog("ada");

        // When
        window.kit()
                .test(window.kit()
                        .find(Button.class)
                        .withAriaLabel("Remove the term of acme")
                        .single())
                .click();
        window.settle().press("Continue").write("Reason", "r").press(CONFIRM);

        // Then
        assertThat(inForce()).contains("\"retention\":\"400d\",\"organizations\":{\"law\":\"forever\"}");
    }

    @Test
    void nothingThatIsIncompleteGoesOn() {
        // Given
        var window = dialog("ada").choose(EVERYBODY, "For some days");

        // Then
        assertThat(window.press("Continue").complaint("Days for everybody"))
                .isEqualTo("A whole number from 1 to 36500.");
        assertThat(window.offers()).contains("Continue").doesNotContain(CONFIRM);

        // When
        days(window, "everybody", "9").write("Organization", "acme").press("Continue");

        // Then
        assertThat(window.complaint("Organization")).isEqualTo("Add it, or clear this.");

        // When
        window.press("Add organization").write("Organization", "acme").press("Add organization");

        // Then
        assertThat(window.complaint("Organization")).isEqualTo("It is among these.");
        assertThat(window.write("Organization", "\u0007")
                        .press("Add organization")
                        .complaint("Organization"))
                .isEqualTo("At most 100 printable characters.");
        assertThat(window.press("Cancel").dialogs()).isZero();
        assertThat(inForce()).contains("\"retention\":\"forever\"");
    }

    @Test
    void whoeverGoesBackFindsWhatTheyChose() {
        var window = dialog("ada");
        days(window, "everybody", "20000").press("Continue");
        assertThat(window.text()).contains("Nothing is old enough to be dropped");

        window.press("Back").write("Days for everybody", "20001").press("Continue");

        assertThat(window.text()).contains("20001d").doesNotContain("20000d");
    }

    @Test
    void whoChangesNothingWritesNothing() {
        var revisions = console.events("retention.changed").size();

        assertThat(dialog("ada").press("Continue").dialogs()).isZero();

        assertThat(console.events("retention.changed")).hasSize(revisions);
    }

    @Test
    void whoeverChangesSecondIsToldAndLosesNothing() {
        // Given
        var ada = dialog("ada");
        var bob = dialog("bob");
        days(ada, "everybody", "20000").press("Continue").write("Reason", "ada's");
        bob.write("Organization", "acme").press("Add organization");
        days(bob, "acme", "30000").press("Continue").write("Reason", "bob's");

        // When
        ada.press(CONFIRM);
        bob.press(CONFIRM);

        // Then
        assertThat(ada.dialogs()).isZero();
        assertThat(bob.dialogs()).isOne();
        assertThat(bob.text()).contains("Somebody else has changed the retention meanwhile, from forever to 20000d.");
        assertThat(inForce()).contains("\"retention\":\"20000d\",\"organizations\":{}");

        // When
        bob.press("Continue").press(CONFIRM);

        // Then
        assertThat(bob.dialogs()).isZero();
        assertThat(inForce())
                .contains("\"retention\":\"20000d\",\"organizations\":{\"acme\":\"30000d\"}", "\"reason\":\"bob's\"");
    }

    @Test
    void retentionOfTheFileIsOnlyShown() {
        var storage = new StorageSettings(
                Period.MONTHLY, Optional.of(new Retention(Optional.of(Duration.ofDays(400)), Map.of())));
        try (var owned = new RunningConsole(new PolicyOwner.Console(), TrailSettings.of(storage), _ -> {});
                var shown = new Screens(owned)) {
            var window = shown.windowOf("ada", Roles.ADMIN).open("settings");

            assertThat(window.text()).contains("400d", "Set in the configuration file");
            assertThat(window.text().lines())
                    .contains("console.audit.retention", "console.audit.organizations", "docs/retention.md");
            assertThat(window.offers()).contains("Place a hold…").doesNotContain(CHANGE);
        }
    }

    private static Window dialog(String who) {
        return screens.windowOf(who, Roles.ADMIN).open("settings").press(CHANGE);
    }

    private static Window days(Window window, String whose, String count) {
        return window.choose("Records of " + whose, "For some days").write("Days for " + whose, count);
    }

    private static String inForce() {
        return console.get(RETENTION).body();
    }

    private static void put(String usual, String organizations) {
        var answer = console.send(
                "PUT",
                RETENTION,
                "application/json",
                "{\"retention\": \"%s\", \"organizations\": %s, \"reason\": \"r\"}".formatted(usual, organizations));
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
