package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.URI;

class DocumentEditorTest {
    private static final URI UPSTREAM = URI.create("http://127.0.0.1:3000/mcp");
    private static final String HEAD = "apiVersion: portcullis/v1\norganization: acme 😀 # ours\n";

    @Test
    void routeIsAppendedAndEverythingElseStays() {
        // Given
        var text = HEAD + """
                # where things are
                routes:
                  # the old one
                  port-eu:
                    upstream: sandbox   # for now
                    profile: port       # known tools

                # who may do what
                rules:
                  - {id: a, readOnly: true}
                """;

        // When
        var edited = edit(text, "mine");

        // Then
        assertThat(edited).isEqualTo(text.replace("# known tools\n", """
                # known tools
                  "mine":
                    upstream: "http://127.0.0.1:3000/mcp"
                    profile: generic
                    authentication: open
                """));
    }

    @Test
    void routeIsReplacedInPlace() {
        // Given
        var text = HEAD + """
                routes:
                  port-eu:
                    upstream: sandbox
                    profile: port

                  # kept
                  other: {upstream: sandbox} # also kept
                """;

        // When
        var edited = edit(text, "port-eu");

        // Then
        assertThat(edited).isEqualTo(text.replace("upstream: sandbox\n    profile: port", """
                        upstream: "http://127.0.0.1:3000/mcp"
                            profile: generic
                            authentication: open"""));
        assertThat(edit(edited, "port-eu")).isEqualTo(edited);
    }

    @Test
    void flowStyleIsKept() {
        assertThat(edit(HEAD + "routes: {a: {upstream: sandbox}} # all\nrules: []\n", "b"))
                .contains("routes: {\"b\": {\"upstream\"")
                .contains("a: {upstream: sandbox}} # all\n");
        assertThat(edit(HEAD + "routes: {}\n", "b")).contains("routes: {\"b\": {");
        assertThat(edit(HEAD + "routes:\n  a: {upstream: sandbox, profile: port}\n", "a"))
                .contains("  a: {\"upstream\": \"http");
    }

    @Test
    void jsonStaysJson() {
        // Given
        var json = "{\"apiVersion\": \"portcullis/v1\", \"organization\": \"acme\", \"rules\": []}";

        // When
        var edited = edit(json, "b");

        // Then
        assertThat(tools.jackson.databind.json.JsonMapper.shared()
                        .readTree(edited)
                        .at("/routes/b/profile")
                        .stringValue())
                .isEqualTo("generic");
    }

    @Test
    void documentWithoutRoutesGetsThem() {
        assertThat(edit(HEAD, "b")).startsWith(HEAD + "routes:\n");
        assertThat(edit(HEAD + "rules: []", "b")).contains("rules: []\nroutes:\n");
        assertThat(edit(HEAD + "routes:\n  a:\n    upstream: sandbox", "b")).contains("upstream: sandbox\n  \"b\":");
    }

    @Test
    void invalidTextAndInvalidRouteAreRefused() {
        assertThatThrownBy(() -> edit("apiVersion: 7", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/apiVersion");
        assertThatThrownBy(() -> edit(HEAD, "NOT a name")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String edit(String text, String name) {
        return DocumentEditor.withRoute(text, name, UPSTREAM, Route.Authentication.OPEN, "generic");
    }
}
