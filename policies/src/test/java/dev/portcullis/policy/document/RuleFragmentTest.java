package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class RuleFragmentTest {
    private static final RuleFragment FRAGMENT = new RuleFragment("""
            id: freeze # the name
            match: {groups: [developers]}
            deny: true
            """);

    @Test
    void entriesAreReadByTheirPlaces() {
        assertThat(FRAGMENT.value(List.of("id"))).contains("freeze");
        assertThat(FRAGMENT.values(List.of("match", "groups"))).containsExactly("developers");
        assertThat(FRAGMENT.values(List.of("except", "groups"))).isEmpty();
        assertThat(FRAGMENT.restriction()).contains("deny");
    }

    @Test
    void aChangedEntryLeavesTheOthersAsTheyAre() {
        assertThat(FRAGMENT.with(List.of("owner"), "ops")
                        .with(List.of("match", "tools"), List.of("run_*"))
                        .with(List.of("except", "groups"), List.of("platform", "1"))
                        .text())
                .isEqualTo("""
                        id: freeze # the name
                        owner: ops
                        match: {groups: [developers], tools: [run_*]}
                        except: {groups: [platform, "1"]}
                        deny: true
                        """);
    }

    @Test
    void theLastEntryInsideGoesWithWhatItIsIn() {
        assertThat(FRAGMENT.without(List.of("match", "groups")).text())
                .isEqualTo("id: freeze # the name\ndeny: true\n");
        assertThat(FRAGMENT.without(List.of("message"))).isEqualTo(FRAGMENT);
    }

    @Test
    void oneRestrictionTakesThePlaceOfAnother() {
        var limited = FRAGMENT.withOnly(
                "limit",
                rule -> rule.with(List.of("limit", "calls"), 60)
                        .with(List.of("limit", "per"), "minute")
                        .with(List.of("limit", "by"), "caller"));
        assertThat(limited.rule().orElseThrow().restriction())
                .isEqualTo(new Restriction.Limit(
                        60,
                        Restriction.Limit.Period.MINUTE,
                        Restriction.Limit.Subject.CALLER,
                        Restriction.Limit.WithoutStore.REFUSE));
    }

    @Test
    void problemsAreTellingTheirPlaceInTheFragment() {
        var wrong = new RuleFragment("id: freeze\nmatch: {group: [a]}\ndeny: true\n");
        assertThat(wrong.rule()).isEmpty();
        assertThat(wrong.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.path()).isEqualTo("/match/group");
        });
        assertThat(new RuleFragment("- a").isMapping()).isFalse();
    }
}
