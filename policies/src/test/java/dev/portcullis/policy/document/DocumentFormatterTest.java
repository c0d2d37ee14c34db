package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class DocumentFormatterTest {
    private static final String UNTIDY = """
            # yaml-language-server: $schema=policy.schema.json

            # what is decided
            organization:   'acme' # the company
            apiVersion: "portcullis/v1"
            rules:   # tighten only
            - readOnly: true
              id: everyone-reads
              # who may write
              except:
                 groups:
                  - platform
            # the second
            - {deny: true, id: freeze, match: {tools: [run_action, "trigger_run"], time: {zone: Europe/Berlin, days: [fri]}}} # on Fridays
            - id: long
              allowedTools: [list_entities, get_entity, describe_entity, count_entities, search_entities, get_blueprint]
              message: |-
                 Ask the platform team.
                   Really.
              # not any more: limits
            tools:
                port-eu:
                     upsert_entity: {class: write}


                     list_entities:
                       definition: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" # pinned
                       class: read
            routes: {port-eu: {profile: port, upstream: "sandbox"}}
            # the end
            """;

    private static final String TIDY = """
            # yaml-language-server: $schema=policy.schema.json

            apiVersion: portcullis/v1
            # what is decided
            organization: acme # the company

            routes:
              port-eu:
                upstream: sandbox
                profile: port

            rules: # tighten only
              - id: everyone-reads
                # who may write
                except: {groups: [platform]}
                readOnly: true

              # the second
              # on Fridays
              - id: freeze
                match: {tools: [run_action, trigger_run], time: {days: [fri], zone: Europe/Berlin}}
                deny: true

              - id: long
                allowedTools:
                  - list_entities
                  - get_entity
                  - describe_entity
                  - count_entities
                  - search_entities
                  - get_blueprint
                message: |-
                  Ask the platform team.
                    Really.
                # not any more: limits

            tools:
              port-eu:
                upsert_entity: {class: write}

                list_entities:
                  class: read
                  definition: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef # pinned
            # the end
            """;

    @Test
    void documentGetsTheOneLayout() {
        assertThat(DocumentFormatter.format(UNTIDY)).isEqualTo(TIDY);
    }

    @Test
    void layoutDoesNotChangeAgain() {
        assertThat(DocumentFormatter.format(TIDY)).isEqualTo(TIDY);
    }

    @Test
    void jsonStaysJson() {
        // Given
        var json = """
                {"rules": [{"deny": true, "id": "a", "match": {"arguments": {"/n": [1.50, null, "x\\ty"]}}}, {"id": "b", "allowedTools": []}],
                 "organization": "acme", "apiVersion": "portcullis/v1"}""";

        // When
        var formatted = DocumentFormatter.format(json);

        // Then
        assertThat(formatted).isEqualTo("""
                        {
                          "apiVersion": "portcullis/v1",
                          "organization": "acme",
                          "rules": [
                            {
                              "id": "a",
                              "match": {"arguments": {"/n": [1.50, null, "x\\ty"]}},
                              "deny": true
                            },
                            {
                              "id": "b",
                              "allowedTools": []
                            }
                          ]
                        }
                        """);
        assertThat(DocumentFormatter.format(formatted)).isEqualTo(formatted);
    }

    @Test
    void whatOtherReadersMayTakeForSomethingElseIsQuoted() {
        // Given
        var rules = """
                rules:
                  - {id: a, match: {groups: [yes, 'no', "12", 12:30, 2026-01-01, "~", "1_000", 0x1F, "a, b", "#x", 'it''s'], time: {from: 09:00}}, deny: true}
                  - {id: b, match: {arguments: {/a: {matches: "^\\\\d+, $"}, /b: [yes, true, 1, "1"]}}, deny: true, message: "a: b\\u0007"}
                """;

        // When
        var formatted = format(rules);

        // Then
        assertThat(formatted)
                .contains(
                        "\"yes\"",
                        "\"no\"",
                        "\"12\"",
                        "\"12:30\"",
                        "\"2026-01-01\"",
                        "\"~\"",
                        "\"1_000\"",
                        "\"0x1F\"",
                        "\"a, b\"",
                        "\"#x\"",
                        "it's",
                        "\"09:00\"",
                        "'^\\d+, $'",
                        "[\"yes\", true, 1, \"1\"]",
                        "\"a: b\\u0007\"");
    }

    @Test
    void aliasesStay() {
        var rules = """
                rules:
                  - {deny: true, match: &night {time: {from: "22:00"}}, id: a}
                  - {id: b, match: *night, readOnly: true}
                """;

        assertThat(format(rules))
                .contains("match: &night {time: {from: \"22:00\"}}\n")
                .contains("match: *night\n");
    }

    @Test
    void foldedTextKeepsItsLines() {
        assertThat(format("rules:\n- id: a\n  deny: true\n  message: > # words\n     one\n     two\n\n     three\n"))
                .endsWith("    message: > # words\n      one\n      two\n\n      three\n");
    }

    @Test
    void invalidDocumentIsRefusedWithItsErrors() {
        assertThatThrownBy(() -> format("rules: [{id: a}]\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/rules/0");
    }

    @Test
    @Tag("slow")
    void commentAtEveryPlaceStays() {
        expectKeptAtEvery(1);
    }

    @Test
    void commentAtSomePlacesStays() {
        expectKeptAtEvery(18);
    }

    private static void expectKeptAtEvery(int step) {
        // Given
        var lines = UNTIDY.lines().toList();

        for (int line = 0; line <= lines.size(); line += step) {
            for (var indent : new int[] {0, 2, 4, 5, 9}) {
                // When, Then
                expectKept(inserted(lines, line, " ".repeat(indent) + "# NEW"));
            }
            if (line < lines.size()) {
                expectKept(replaced(lines, line, lines.get(line) + " # NEW"));
            }
        }
    }

    @Test
    @Tag("slow")
    void commentAtEveryPlaceBetweenBracketsStays() {
        // Given
        var flow = "{ apiVersion: portcullis/v1 , organization: acme , rules: [ { id: a , match: { groups: [ x , y ] }"
                + " , deny: true } , { id: b , allowedTools: [ ] } ] }";

        for (int at = flow.indexOf(' '); at >= 0; at = flow.indexOf(' ', at + 1)) {
            // When, Then
            expectKept(flow.substring(0, at) + " # NEW\n " + flow.substring(at));
            expectKept(flow.substring(0, at) + "\n# NEW\n " + flow.substring(at));
        }
    }

    @Test
    @Tag("slow")
    @Timeout(30)
    void longDocumentsAreLaidOutInTime() {
        var rules = IntStream.range(0, 2_000)
                .mapToObj(i -> "- {deny: true, id: r" + i + ", match: {tools: [a" + i + "]}} # 😀 " + i + "\n")
                .collect(Collectors.joining("", "rules:\n", ""));

        assertThat(format(rules)).contains("# 😀 1999\n");
    }

    /// A comment inside a text is none; there the document has changed, or is none any more.
    private static void expectKept(String text) {
        if (!(DocumentReader.read(text) instanceof ReadResult.Valid(var document, var _))) {
            return;
        }
        var formatted = DocumentFormatter.format(text);
        assertThat(formatted).as(text).contains("# NEW");
        assertThat(EditableText.valid(formatted)).as(text).isEqualTo(document);
        assertThat(DocumentFormatter.format(formatted)).as(text).isEqualTo(formatted);
    }

    private static String inserted(List<String> lines, int at, String line) {
        var all = new ArrayList<>(lines);
        all.add(at, line);
        return String.join("\n", all) + "\n";
    }

    private static String replaced(List<String> lines, int at, String line) {
        var all = new ArrayList<>(lines);
        all.set(at, line);
        return String.join("\n", all) + "\n";
    }

    private static String format(String rules) {
        return DocumentFormatter.format("apiVersion: portcullis/v1\norganization: acme\n" + rules);
    }
}
