package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.profile.ToolClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Conditions on arguments and time, limits, pinned tools and trust: what they are read as, and what is
/// said when they are wrong.
class LanguageTest {
    private static final String HEAD = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port, trustAnnotations: true}
            """;

    @Test
    void argumentsAreReadWithTheirTypes() {
        // When
        var tests = rule("""
                {id: a, deny: true, match: {arguments: {
                  /a: [text, 1, 1.50, true, null, "1"], /b/0: {matches: "^x+$"}, /c~1d: {absent: true}}}}""").match().arguments().orElseThrow();

        // Then
        assertThat(tests.get(new ArgumentPointer("/a")))
                .isEqualTo(new ArgumentTest.OneOf(List.of(
                        new Scalar.Text("text"),
                        new Scalar.Numeric(BigDecimal.ONE),
                        new Scalar.Numeric(new BigDecimal("1.5")),
                        new Scalar.Flag(true),
                        new Scalar.Null(),
                        new Scalar.Text("1"))));
        assertThat(tests.get(new ArgumentPointer("/b/0"))).isEqualTo(new ArgumentTest.Matches("^x+$"));
        assertThat(tests.get(new ArgumentPointer("/c~1d"))).isEqualTo(new ArgumentTest.Absent());
        assertThat(new ArgumentPointer("/c~1d/~0").keys()).containsExactly("c/d", "~");
    }

    @Test
    void timeIsReadWithItsZone() {
        // When
        var window =
                rule("{id: a, deny: true, match: {time: {days: [fri, mon], from: '08:30', to: '24:00', zone: Europe/Berlin}}}")
                        .match()
                        .time();

        // Then
        assertThat(window)
                .contains(new TimeWindow(
                        Optional.of(Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)),
                        Optional.of(LocalTime.of(8, 30)),
                        Optional.of(LocalTime.MIDNIGHT),
                        ZoneId.of("Europe/Berlin")));
        assertThat(window.orElseThrow()).hasToString("{days: [mon, fri], from: 08:30, to: 00:00, zone: Europe/Berlin}");
    }

    @Test
    void timeWithoutZoneIsUtc() {
        assertThat(rule("{id: a, deny: true, match: {time: {from: '08:30'}}}")
                        .match()
                        .time())
                .map(TimeWindow::zone)
                .contains(ZoneOffset.UTC);
    }

    @Test
    void limitIsReadAndRefusesWithoutStoreUnlessItSaysOtherwise() {
        assertThat(rule("{id: a, limit: {calls: 60, per: minute, by: caller}}").restriction())
                .isEqualTo(new Restriction.Limit(
                        60,
                        Restriction.Limit.Period.MINUTE,
                        Restriction.Limit.Subject.CALLER,
                        Restriction.Limit.WithoutStore.REFUSE));
        assertThat(((Restriction.Limit)
                                rule("{id: a, limit: {calls: 1000000, per: day, by: organization, withoutStore: local}}")
                                        .restriction())
                        .withoutStore())
                .isEqualTo(Restriction.Limit.WithoutStore.LOCAL);
        assertThatThrownBy(() -> new Restriction.Limit(
                        0,
                        Restriction.Limit.Period.DAY,
                        Restriction.Limit.Subject.TOOL,
                        Restriction.Limit.WithoutStore.LOCAL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reviewedToolMayBePinnedToItsDefinition() {
        // Given
        var definition = "sha256:" + "0a".repeat(32);

        // When
        var document = valid(
                HEAD + "tools: {port-eu: {x: {class: read, definition: '" + definition + "'}, y: {class: admin}}}");

        // Then
        assertThat(document.tools().get("port-eu"))
                .containsEntry("x", new ReviewedTool(ToolClass.READ, Optional.of(definition)))
                .containsEntry("y", new ReviewedTool(ToolClass.ADMIN, Optional.empty()));
        assertThat(document.routes().get("port-eu").trustAnnotations()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            match: {arguments: {env: [prod]}}                          | /rules/0/match/arguments/env            | JSON Pointer | /env
            match: {arguments: {'/a~2': [prod]}}                       | /rules/0/match/arguments/~1a~02         | JSON Pointer |
            match: {arguments: {'': [prod]}}                           | /rules/0/match/arguments/               | JSON Pointer | /
            match: {arguments: {/env: prod}}                           | /rules/0/match/arguments/~1env          | a list of values | [prod]
            match: {arguments: {/env: [[prod]]}}                       | /rules/0/match/arguments/~1env/0        | a number |
            match: {arguments: {/env: [.nan]}}                         | /rules/0/match/arguments/~1env/0        | a number | ".nan"
            match: {arguments: {/env: {}}}                             | /rules/0/match/arguments/~1env          | exactly one |
            match: {arguments: {/env: {matches: a, absent: true}}}     | /rules/0/match/arguments/~1env          | exactly one |
            match: {arguments: {/env: {absent: false}}}                | /rules/0/match/arguments/~1env/absent   | true |
            match: {arguments: {/env: {absent: 'true'}}}               | /rules/0/match/arguments/~1env/absent   | true |
            match: {arguments: {/env: {match: a}}}                     | /rules/0/match/arguments/~1env/match    | matches | matches
            match: {arguments: {/env: {matches: '(a'}}}                | /rules/0/match/arguments/~1env/matches  | RE2 |
            match: {arguments: {/env: {matches: '(?=a)'}}}             | /rules/0/match/arguments/~1env/matches  | RE2 |
            match: {arguments: {/env: {matches: '(a)\\1'}}}            | /rules/0/match/arguments/~1env/matches  | RE2 |
            match: {arguments: {/env: {matches: ''}}}                  | /rules/0/match/arguments/~1env/matches  | RE2 |
            match: {arguments: [/env]}                                 | /rules/0/match/arguments                | JSON Pointers |
            match: {time: {}}                                          | /rules/0/match/time                     | at least one |
            match: {time: {zone: UTC}}                                 | /rules/0/match/time                     | at least one |
            match: {time: {days: [fry]}}                               | /rules/0/match/time/days/0              | fri | fri
            match: {time: {days: fri}}                                 | /rules/0/match/time/days                | a list |
            match: {time: {from: '8:00'}}                              | /rules/0/match/time/from                | time of day | 08:00
            match: {time: {from: '25:00'}}                             | /rules/0/match/time/from                | time of day |
            match: {time: {from: 800}}                                 | /rules/0/match/time/from                | time of day | "800"
            match: {time: {from: '08:00', to: '08:00'}}                | /rules/0/match/time                     | another time |
            match: {time: {days: [fri], zone: Europe/Berln}}           | /rules/0/match/time/zone                | time zone | Europe/Berlin
            match: {time: {day: [fri]}}                                | /rules/0/match/time/day                 | days | days
            match: {prompts: ['a**']}                                  | /rules/0/match/prompts/0                | wildcard | a*
            """)
    void wrongConditionIsNamedWithWhatWasExpected(String part, String path, String expected, String suggestion) {
        assertProblem("{id: a, deny: true, " + part + "}", path, expected, suggestion);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit: 60                                      | /rules/0/limit           | calls, per and by |
            limit: {calls: 60, per: minute}                | /rules/0/limit/by        | caller |
            limit: {calls: 0, per: minute, by: caller}     | /rules/0/limit/calls     | from 1 to 1000000 |
            limit: {calls: 1000001, per: day, by: caller}  | /rules/0/limit/calls     | from 1 to 1000000 |
            limit: {calls: 99999999999999999999, per: day, by: caller} | /rules/0/limit/calls | from 1 to |
            limit: {calls: 1.5, per: day, by: caller}      | /rules/0/limit/calls     | whole number |
            limit: {calls: 1, per: minut, by: caller}      | /rules/0/limit/per       | minute | minute
            limit: {calls: 1, per: day, by: group}         | /rules/0/limit/by        | route |
            limit: {calls: 1, per: day, by: tool, withoutStore: allow} | /rules/0/limit/withoutStore | refuse |
            limit: {calls: 1, per: day, by: tool, burst: 2} | /rules/0/limit/burst    | calls |
            pinnedTools: false                             | /rules/0/pinnedTools     | true |
            pinedTools: true                               | /rules/0/pinedTools      | pinnedTools | pinnedTools
            """)
    void wrongRestrictionIsNamedWithWhatWasExpected(String part, String path, String expected, String suggestion) {
        assertProblem("{id: a, " + part + "}", path, expected, suggestion);
    }

    @Test
    void wrongDefinitionIsNamed() {
        // When
        var errors =
                errors(HEAD + "tools: {port-eu: {x: {class: read, definition: 'SHA256:" + "0A".repeat(32) + "'}}}");

        // Then
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo("/tools/port-eu/x/definition");
            assertThat(error.suggestion()).contains("sha256:" + "0a".repeat(32));
        });
    }

    private static void assertProblem(String rule, String path, String expected, String suggestion) {
        assertThat(errors(HEAD + "rules:\n  - " + rule + "\n")).anySatisfy(error -> {
            assertThat(error.path()).isEqualTo(path);
            assertThat(error.line()).isEqualTo(6);
            assertThat(error.expected()).contains(expected);
            assertThat(error.suggestion()).isEqualTo(Optional.ofNullable(suggestion));
        });
    }

    private static Rule rule(String text) {
        return valid(HEAD + "rules:\n  - " + text + "\n").rules().getFirst();
    }

    private static PolicyDocument valid(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }

    private static List<DocumentProblem> errors(String text) {
        return ((ReadResult.Invalid) DocumentReader.read(text)).errors();
    }
}
