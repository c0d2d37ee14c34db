package dev.portcullis.console.routes.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.PasswordField;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.Window;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesViewTest {
    private static final RunningConsole CONSOLE = RunningConsole.shared();
    private static final String NAME = "of-two-admins";
    private static final String SECRET = "Value of the header";

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @BeforeEach
    void add() {
        var answer = CONSOLE.send(
                "PUT",
                "/api/v1/credentials/" + NAME,
                "application/json",
                "{\"kind\": \"header\", \"settings\": {\"upstreams\": [\"https://mcp.port.io\"], \"header\": \"X-Api-Key\"},"
                        + " \"secret\": \"first\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @AfterEach
    void remove() {
        CONSOLE.send(CONSOLE.request("/api/v1/credentials/" + NAME).DELETE());
    }

    @ParameterizedTest
    @CsvSource({
        "Name, 'No Name'",
        "Upstreams that may be shown it, not a URL",
        "Upstreams that may be shown it, ftp://mcp.port.io",
        "Upstreams that may be shown it, https://mcp.port.io/with/a/path",
        "Upstreams that may be shown it, ''",
        "Header, 'X Api Key'",
        "Value of the header, ''",
    })
    void whatIsWrongStandsBesideItsField(String label, String text) {
        // Given
        var window = admin().open("routes").press("Add credential…");
        window.write("Name", "of-a-form")
                .write("Upstreams that may be shown it", "https://mcp.port.io")
                .write("Header", "X-Api-Key")
                .write(SECRET, "s3cret");

        // When
        window.write(label, text).press("Add credential");

        // Then
        assertThat(window.complaint(label)).isNotEmpty();
        assertThat(window.dialogs()).isOne();
        assertThat(CONSOLE.get("/api/v1/credentials/of-a-form").statusCode()).isEqualTo(404);
    }

    @Test
    void nameThatIsTakenKeepsWhatWasWritten() {
        // Given
        var window = admin().open("routes").press("Add credential…");

        // When
        window.write("Upstreams that may be shown it", "https://mcp.port.io")
                .write("Header", "X-Api-Key")
                .write(SECRET, "s3cret")
                .write("Name", NAME)
                .press("Add credential");

        // Then
        assertThat(window.complaint("Name")).contains(NAME);
        assertThat(window.field(SECRET))
                .isInstanceOfSatisfying(
                        PasswordField.class,
                        field -> assertThat(field.getValue()).isEqualTo("s3cret"));
    }

    @Test
    void whoeverRotatesSecondIsToldAndKeepsTheSecret() {
        // Given
        var ada = admin().open("routes");
        var bob = screens.windowOf("bob", Roles.ADMIN).open("routes");
        rotate(ada);
        rotate(bob);

        // When
        ada.write(SECRET, "of ada").press("Replace the secret");
        bob.write(SECRET, "of bob").press("Replace the secret");

        // Then
        assertThat(ada.dialogs()).isZero();
        assertThat(bob.complaint(SECRET)).contains("was changed meanwhile");
        assertThat(((PasswordField) bob.field(SECRET)).getValue()).isEqualTo("of bob");
    }

    @Test
    void emptySecretIsNoSecretAndCancelChangesNothing() {
        // Given
        var window = admin().open("routes");
        rotate(window);

        // When
        window.press("Replace the secret");

        // Then
        assertThat(window.complaint(SECRET)).isEqualTo("Type or paste the new secret.");

        // When
        window.write(SECRET, "never sent").press("Cancel");

        // Then
        assertThat(RunningConsole.json(CONSOLE.get("/api/v1/credentials/" + NAME))
                        .path("revision")
                        .asInt())
                .isOne();
    }

    @Test
    void cancelDeletesNothing() {
        // Given
        var window = admin().open("routes");

        // When
        window.kit().test(button(window, "Delete " + NAME)).click();
        window.settle().cancel();

        // Then
        assertThat(CONSOLE.get("/api/v1/credentials/" + NAME).statusCode()).isEqualTo(200);

        // When
        window.kit().test(button(window, "Delete " + NAME)).click();
        window.settle().confirm();

        // Then
        assertThat(CONSOLE.get("/api/v1/credentials/" + NAME).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "AUDITOR", "EDITOR", "APPROVER"})
    void credentialsAreChangedByAdminsAlone(String role) {
        var window = screens.windowOf("somebody", role).open("routes");

        assertThat(window.text()).contains(NAME, "Admins only");
        assertThat(window.offers()).doesNotContain("Add credential…", "New secret…", "Delete…");
    }

    private Window admin() {
        return screens.windowOf("ada", Roles.ADMIN);
    }

    private static void rotate(Window window) {
        window.kit().test(button(window, "New secret for " + NAME)).click();
        window.settle();
    }

    private static com.vaadin.flow.component.button.Button button(Window window, String label) {
        return window.kit()
                .find(com.vaadin.flow.component.button.Button.class)
                .withAriaLabel(label)
                .single();
    }
}
