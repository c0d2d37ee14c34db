package dev.portcullis.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.ErrorEvent;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.access.Roles;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.function.Supplier;

/// Screens that have nothing to show: on the first day, and while the database is away.
class BareConsoleTest {
    private static RunningConsole console;
    private static Screens screens;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
        screens = new Screens(console);
    }

    @AfterAll
    static void stop() {
        screens.close();
        console.close();
    }

    @AfterEach
    void everybodyLeaves() {
        screens.everybodyLeaves();
    }

    @ParameterizedTest
    @CsvSource({
        "'', No calls yet",
        "tool-calls, No calls yet",
        "policy, No rules",
        "policy?tab=changes, No changes",
        "policy?tab=tests, No regression tests",
        "policy?tab=schedule, Nothing is scheduled",
        "policy?tab=history, No versions yet",
        "policy/proposals, Nothing is waiting",
        "tools, No tools yet",
        "callers, Nobody yet",
        "callers?tab=revocations, Nothing is revoked",
        "connect, No route yet",
        "routes, No route yet",
        "api-keys, No API key yet",
        "replicas, No replica yet",
        "settings?tab=sinks, No sinks",
    })
    void screenWithNothingToListSaysSo(String address, String heading) {
        var window = screens.windowOf("ada", Roles.ADMIN, Roles.AUDITOR).open(address);

        assertThat(window.emptyStates()).contains(heading);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "tool-calls/a/b", "settings/nothing"})
    void addressOfNoScreenLeadsBack(String address) {
        var window = screens.windowOf("ada", Roles.ADMIN).open(address);

        assertThat(window.heading()).isEqualTo("No such screen");
        assertThat(window.links()).contains("Overview");
    }

    @Test
    void screenForOthersIsNotTold() {
        var window = screens.windowOf("vic", Roles.VIEWER).open("settings/people");

        assertThat(window.heading()).isEqualTo("No such screen");
        assertThat(window.text()).contains("or it is not for your roles");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tool-calls",
                "policy",
                "policy/proposals",
                "kill-switch",
                "tools",
                "tools?tool=port-eu/list_blueprints",
                "callers",
                "connect",
                "routes",
                "api-keys",
                "replicas",
                "evidence",
                "settings",
                "settings?tab=tokens",
                "settings?tab=events",
            })
    void screenSaysThatTheDatabaseIsAway(String address) {
        // Given
        var window = screens.windowOf("ada", Roles.ADMIN, Roles.AUDITOR);

        // When
        var shown = withoutDatabase(() -> {
            window.open(address);
            return List.of(window.text(), String.join(", ", window.emptyStates()), String.join(", ", window.offers()));
        });

        // Then
        assertThat(shown.get(0)).contains("Whether a kill is engaged is not known here");
        assertThat(shown.get(1))
                .isIn(
                        "This screen cannot be shown now",
                        "The numbers could not be read",
                        "The catalogue cannot be read now",
                        "The callers cannot be read now");
        assertThat(shown.get(2)).contains("Try again");
        assertThat(window.open(address).text()).doesNotContain("Whether a kill is engaged is not known here");
    }

    @Test
    void buttonThatFailsSaysSoAndKeepsWhatWasWritten() {
        // Given
        var window = screens.windowOf("ada", Roles.ADMIN).open("api-keys");
        window.press("Make a key…").write("Name", "of-a-bad-day");
        var make = window.button("Make the key");

        // When
        withoutDatabase(() -> {
            try {
                make.click();
            } catch (RuntimeException e) {
                // As Vaadin does with what a listener throws.
                window.kit().getUI().getSession().getErrorHandler().error(new ErrorEvent(e));
            }
            return window;
        });

        // Then
        window.settle();
        assertThat(window.told()).singleElement().asString().startsWith("That did not work.");
        assertThat(window.dialogs()).isOne();
        assertThat(window.field("Name"))
                .isInstanceOfSatisfying(
                        TextField.class, name -> assertThat(name.getValue()).isEqualTo("of-a-bad-day"));
    }

    private static <T> T withoutDatabase(Supplier<T> step) {
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        sql.execute("alter schema audit rename to elsewhere_audit");
        sql.execute("alter schema gateway rename to elsewhere_gateway");
        try {
            return step.get();
        } finally {
            sql.execute("alter schema elsewhere_audit rename to audit");
            sql.execute("alter schema elsewhere_gateway rename to gateway");
        }
    }
}
