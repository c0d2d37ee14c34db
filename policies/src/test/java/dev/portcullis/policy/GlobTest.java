package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "run_action, run_action",
        "*, anything",
        "*, ''",
        "run_*, run_",
        "run_*, run_action",
        "*_action, _action",
        "*_action, run_action",
        "a*b, ab",
        "a*b, a-b",
        "*b*, b",
        "*b*, abc",
        "a*b*c, abc",
        "a*b*c, a-b-b-c",
        "a*b*b*c, abbc",
        "*ab*ab*, abab",
        "ab*ba, abba",
        "a.c*, a.cd",
        "a*😀*c, ab😀c"
    })
    void patternMatchesTheNamesItIsFor(String pattern, String name) {
        assertThat(new Glob(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "run_action, run_actions",
        "run_action, Run_action",
        "run_*, run",
        "run_*, a_run_b",
        "*_action, run_actions",
        "aba*aba, aba",
        "ab*ba, aba",
        "a*b*c, acb",
        "a*b*c, ac",
        "a*bc*cd, abcd",
        "a*b*b*c, abc",
        "*ab*ab*, aba",
        "a.c*, abcd"
    })
    void patternMatchesNoOtherName(String pattern, String name) {
        assertThat(new Glob(pattern).matches(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*, run_*, true",
        "run_*, run_*, true",
        "run_*, run_action, true",
        "run_action, run_action, true",
        "run_*, list_entities, false",
        "run_action, run_*, false",
        "run_*, *, false",
        "run_*, r*, false",
        "run_*, run_a*, false"
    })
    void patternCoversOnlyWhatItSurelyNames(String wide, String narrow, boolean covers) {
        assertThat(new Glob(wide).covers(new Glob(narrow))).isEqualTo(covers);
    }

    @Test
    void literalsAreTheTextsBetweenTheStars() {
        assertThat(new Glob("a*b*").literals()).containsExactly("a", "b", "");
        assertThat(new Glob("*").literals()).containsExactly("", "");
        assertThat(new Glob("a").isExact()).isTrue();
        assertThat(new Glob("*a").isExact()).isFalse();
    }

    @Test
    void emptyPatternIsRefused() {
        assertThatThrownBy(() -> new Glob("")).hasMessageContaining("at least one character");
    }
}
