package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientKeysTest {

    @ParameterizedTest
    @CsvSource({
        "salary, Salary",
        "base_salary, baseSalary",
        "base_salary, BASE-SALARY",
        "base.salary, base salary",
        "salary, ſalary",
        "key, \u212aey",
        "straße, STRASSE"
    })
    void keysThatSomeServerTakesForTheSameAreEqual(String key, String other) {
        assertThat(LenientKeys.fold(key)).isEqualTo(LenientKeys.fold(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "-.-", "$"})
    void keyWithoutLettersIsNothing(String key) {
        assertThat(LenientKeys.fold(key)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "base_*, BaseSalary, true",
        "*Salary, base-salary, true",
        "b*_s*y, B.salarY, true",
        "base_*, salary, false",
        "salary, salaries, false"
    })
    void patternIsFoldedBetweenItsStars(String pattern, String key, boolean matches) {
        assertThat(LenientKeys.fold(new Glob(pattern)).orElseThrow().matches(LenientKeys.fold(key)))
                .isEqualTo(matches);
    }

    @Test
    void patternWithoutLettersIsOnlyItself() {
        assertThat(LenientKeys.fold(new Glob("*"))).isEmpty();
        assertThat(LenientKeys.fold(new Glob("_*-"))).isEmpty();
    }
}
