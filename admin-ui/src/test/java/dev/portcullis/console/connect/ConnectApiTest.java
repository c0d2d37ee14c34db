package dev.portcullis.console.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectApiTest {
    private static final String SNIPPETS = "/api/v1/connect/snippets";

    private final RunningConsole console = RunningConsole.shared();

    @BeforeAll
    static void publish() {
        var console = RunningConsole.shared();
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", RunningConsole.DOCUMENT.formatted("connect"));
        console.post("/api/v1/policy/publish", "{\"comment\": \"for connecting\"}");
    }

    @Test
    void snippetHasTheConfiguredAddressWhateverHostTheRequestNames() {
        // When
        var answer = console.send(console.request(SNIPPETS + "?client=codex&route=port-eu")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "host=evil.example"));

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("evil.example");
        var guide = RunningConsole.json(answer).at("/items/0");
        assertThat(guide.path("url").asString()).isEqualTo("http://127.0.0.1:8080/mcp/port-eu");
        assertThat(guide.path("credential").asString()).isEqualTo("nothing");
        assertThat(guide.at("/snippets/0/text").asString())
                .isEqualTo("codex mcp add port-eu --url http://127.0.0.1:8080/mcp/port-eu");
        assertThat(guide.at("/snippets/1/language").asString()).isEqualTo("toml");
    }

    @Test
    void allClientsAreThereWhenNoneIsNamed() {
        var answer = console.getAs(console.tokenWith(Roles.VIEWER), SNIPPETS + "?route=port-eu");
        assertThat(RunningConsole.json(answer).path("items")).hasSize(ConnectClient.values().length);
    }

    @Test
    void strangerReadsNothing() {
        assertThat(console.getAs(console.tokenWith(Roles.BUNDLES), SNIPPETS + "?route=port-eu")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?route=nowhere                            | 404 | The policy in force has no route nowhere.
            ?route=port-eu&client=emacs               | 400 | client: emacs (expected: one of cursor,
            ?route=port-eu&credential=key             | 400 | credential: key (expected: nothing on this route)
            ?route=port-eu&credential=password        | 400 | credential: password (expected: key or sign-in)
            """)
    void whatIsWrongIsNamed(String query, int status, String problem) {
        var refused = console.get(SNIPPETS + query);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(RunningConsole.json(refused).path("detail").asString()).startsWith(problem);
    }
}
