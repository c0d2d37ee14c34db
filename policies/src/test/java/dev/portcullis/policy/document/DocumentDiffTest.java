package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.document.DocumentDiff.Change;
import dev.portcullis.policy.document.DocumentDiff.Kind;
import dev.portcullis.policy.document.DocumentDiff.Section;
import org.junit.jupiter.api.Test;

class DocumentDiffTest {
    private static final String BEFORE = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              a: {upstream: sandbox}
              b: {upstream: sandbox, profile: port}
            rules:
              - {id: one, readOnly: true}
              - {id: two, match: {groups: [x, y]}, deniedTools: [p, q]}
            tools:
              a: {t: {class: read}}
            """;

    @Test
    void layoutAndOrderMakeNoDifference() {
        // Given
        var after = """
                {"apiVersion": "portcullis/v1", "organization": "acme",
                 "tools": {"a": {"t": {"class": "read"}}},
                 "rules": [
                   {"id": "two", "deniedTools": ["q", "p"], "match": {"groups": ["y", "x"]}, "mode": "enforce"},
                   {"id": "one", "readOnly": true}],
                 "routes": {"b": {"profile": "port", "upstream": "sandbox", "authentication": "open"}, "a": {"upstream": "sandbox"}}}
                """;

        // When
        var diff = between(BEFORE, after);

        // Then
        assertThat(diff.isEmpty()).isTrue();
    }

    @Test
    void eachPartThatDiffersIsNamed() {
        // Given
        var after = BEFORE.replace("  a: {upstream: sandbox}\n", "  c: {upstream: \"http://x/\"}\n")
                .replace("{id: one, readOnly: true}", "{id: three, deny: true}")
                .replace("[p, q]", "[p]")
                .replace("  a: {t: {class: read}}", "  b: {t: {class: write}}");

        // When
        var diff = between(BEFORE, after);

        // Then
        assertThat(diff.changes())
                .extracting(Change::kind, Change::section, Change::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.REMOVED, Section.ROUTE, "a"),
                        org.assertj.core.groups.Tuple.tuple(Kind.ADDED, Section.ROUTE, "c"),
                        org.assertj.core.groups.Tuple.tuple(Kind.REMOVED, Section.RULE, "one"),
                        org.assertj.core.groups.Tuple.tuple(Kind.CHANGED, Section.RULE, "two"),
                        org.assertj.core.groups.Tuple.tuple(Kind.ADDED, Section.RULE, "three"),
                        org.assertj.core.groups.Tuple.tuple(Kind.REMOVED, Section.TOOL, "a/t"),
                        org.assertj.core.groups.Tuple.tuple(Kind.ADDED, Section.TOOL, "b/t"));
        assertThat(diff.changes().get(3).fields()).singleElement().satisfies(field -> {
            assertThat(field.key()).isEqualTo("deniedTools");
            assertThat(field.before()).contains("[p, q]");
            assertThat(field.after()).contains("[p]");
        });
    }

    @Test
    void hostsAndCredentialOfARouteAreShown() {
        // Given
        var after = BEFORE.replace(
                "a: {upstream: sandbox}",
                "a: {upstream: sandbox, hosts: [mcp.port.io], authentication: gateway, credential: c}");

        // When
        var diff = between(BEFORE, after);

        // Then
        assertThat(diff.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.fields())
                        .extracting(DocumentDiff.Field::key)
                        .containsExactlyInAnyOrder("hosts", "credential", "authentication"));
    }

    @Test
    void formOfADomainMakesNoDifferenceAndAnotherDomainDoes() {
        // Given
        var before = BEFORE.replace("readOnly: true", "match: {uris: [u]}, blockedDomains: [X.org, '*.y.org']");
        var same = before.replace("[X.org, '*.y.org']", "['*.Y.ORG.', x.org]");
        var other = before.replace("'*.y.org'", "y.org").replace("[u]", "[v]");

        // Then
        assertThat(between(before, same).isEmpty()).isTrue();
        assertThat(between(before, other).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.fields())
                        .extracting(
                                DocumentDiff.Field::key, field -> field.after().orElse(""))
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple("match", "{uris: [v]}"),
                                org.assertj.core.groups.Tuple.tuple("blockedDomains", "[x.org, y.org]")));
    }

    private static DocumentDiff between(String before, String after) {
        return DocumentDiff.between(DocumentReaderTest.valid(before), DocumentReaderTest.valid(after));
    }
}
