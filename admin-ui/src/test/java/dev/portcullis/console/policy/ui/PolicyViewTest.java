package dev.portcullis.console.policy.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.Window;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDateTime;

class PolicyViewTest {
    private static final String YAML = "application/yaml";
    private static final RunningConsole CONSOLE = RunningConsole.shared();

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @BeforeEach
    @AfterEach
    void publish() {
        CONSOLE.send("PUT", "/api/v1/policy/draft", YAML, document("as it was"));
        CONSOLE.post("/api/v1/policy/publish", "{\"comment\": \"as it was\"}");
    }

    @Test
    void whoeverSavesSecondIsToldAndKeepsTheText() {
        // Given
        var ada = editor("ada");
        var bob = editor("bob");
        type(ada, document("of ada"));
        type(bob, document("of bob"));

        // When
        ada.press("Save draft");
        bob.press("Save draft");

        // Then
        assertThat(bob.text()).contains("ada saved the draft on");
        assertThat(text(bob.press("Go on with mine"))).isEqualTo(document("of bob"));
        assertThat(CONSOLE.get("/api/v1/policy/draft").body()).isEqualTo(document("of ada"));
    }

    @Test
    void theirsIsTakenOnlyWhenAsked() {
        // Given
        var ada = editor("ada");
        var bob = editor("bob");
        type(ada, document("of ada"));
        type(bob, document("of bob"));
        ada.press("Save draft");

        // When
        bob.press("Save draft").press("Take theirs");

        // Then
        assertThat(text(bob)).isEqualTo(document("of ada"));
    }

    @Test
    void whoeverPublishesSecondKeepsTextAndComment() {
        // Given
        var ada = editor("ada");
        var bob = editor("bob");
        type(ada, document("of ada"));
        type(bob, document("of bob"));
        ada.press("Publish…").write("Comment", "ada's reasons").press("Publish");

        // When
        bob.press("Publish…")
                .write("Comment", "a comment that took long to write")
                .press("Publish");

        // Then
        assertThat(bob.text()).contains("ada published version");
        assertThat(text(bob.press("Go on with mine"))).isEqualTo(document("of bob"));
        assertThat(((TextArea) bob.press("Publish…").field("Comment")).getValue())
                .isEqualTo("a comment that took long to write");
        assertThat(CONSOLE.get("/api/v1/policy").body()).isEqualTo(document("of ada"));
    }

    @Test
    void nothingIsPublishedWithoutACommentOrInThePast() {
        // Given
        var window = editor("ada");
        type(window, document("in time"));
        window.press("Publish…");

        // Then
        assertThat(window.button("Publish").isEnabled()).isFalse();

        // When
        window.write("Comment", "in time");
        window.kit().test((RadioButtonGroup<?>) window.field("When")).selectItem("At a time");
        pick(window, "2020-01-01T00:00");

        // Then
        assertThat(window.complaint("Publish at")).isEqualTo("A time to come is needed.");
        assertThat(window.button("Schedule").isEnabled()).isFalse();

        // When
        window.press("Cancel");

        // Then
        assertThat(CONSOLE.get("/api/v1/policy").body()).isEqualTo(document("as it was"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rules: [", "upstream: not a url", "routes: {port-eu: {upstream: 'http://[', profile: port}}"})
    void textThatIsNoPolicyIsSavedButNotPublished(String wrong) {
        // Given
        var window = editor("ada");

        // When
        type(window, "apiVersion: portcullis/v1\norganization: acme\n" + wrong + "\n");

        // Then
        assertThat(window.button("Publish…").isEnabled()).isFalse();
        assertThat(window.all(com.vaadin.flow.component.Component.class, "problem-list"))
                .isNotNull();
        assertThat(window.press("Save draft").told()).containsExactly("Draft saved");
    }

    @Test
    void discardAndLeavingAskFirst() {
        // Given
        var window = editor("ada");
        type(window, document("in doubt"));

        // When
        window.press("Discard").cancel();

        // Then
        assertThat(text(window)).isEqualTo(document("in doubt"));

        // When
        window.open("tools").cancel();

        // Then
        assertThat(window.heading()).isEqualTo("Policy");
        assertThat(text(window)).isEqualTo(document("in doubt"));
        assertThat(window.press("Discard").confirm().address()).startsWith("policy");
        assertThat(text(window)).isEqualTo(document("as it was"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "AUDITOR", "APPROVER"})
    void policyIsWrittenByEditors(String role) {
        // When
        var window = screens.windowOf("somebody", role).open("policy");

        // Then
        assertThat(window.state()).contains("is in force");
        assertThat(window.offers()).doesNotContain("Save draft", "Discard", "Publish…", "Add a rule…");
        assertThat(window.open("policy?tab=tests").offers()).doesNotContain("New test…", "Import…");
        assertThat(window.open("policy?tab=history").offers()).doesNotContain("Restore");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tab=no-tab",
                "tab=history&version=x",
                "tab=history&version=999999999&with=y",
                "tab=bench&time=x&address=y&arguments=%7B",
                "tab=impact&from=x&to=y",
                "q=nothing-like-it"
            })
    void addressThatCannotBeReadStillShowsTheScreen(String query) {
        assertThat(screens.windowOf("vic", Roles.VIEWER).open("policy?" + query).heading())
                .isEqualTo("Policy");
    }

    private Window editor(String name) {
        return screens.windowOf(name, Roles.EDITOR).open("policy");
    }

    private static PolicyEditor editor(Window window) {
        return window.kit().find(PolicyEditor.class).all().getFirst();
    }

    /// As the browser does when somebody pauses.
    private static void type(Window window, String text) {
        var editor = editor(window);
        ComponentUtil.fireEvent(editor, new PolicyEditor.Committed(editor, true, text));
        window.settle();
    }

    private static String text(Window window) {
        return editor(window).text();
    }

    private static void pick(Window window, String time) {
        window.kit().test((DateTimePicker) window.field("Publish at")).setValue(LocalDateTime.parse(time));
        window.settle();
    }

    private static String document(String message) {
        return RunningConsole.DOCUMENT.formatted(message);
    }
}
