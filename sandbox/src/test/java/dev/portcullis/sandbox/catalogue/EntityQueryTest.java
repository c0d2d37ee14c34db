package dev.portcullis.sandbox.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class EntityQueryTest {

    private static final JsonObject CART = new JsonObject(Map.of(
            "identifier",
            "cart",
            "title",
            "Cart",
            "team",
            List.of("checkout"),
            "properties",
            Map.of("replicas", 4, "language", "Kotlin"),
            "relations",
            Map.of("owner", "checkout")));

    @ParameterizedTest
    @CsvSource({
        "$identifier, =, cart, true",
        "$team, =, checkout, true",
        "owner, =, payments, false",
        "owner, relatedTo, checkout, true",
        "language, contains, otl, true",
        "language, beginsWith, kot, true",
        "language, !=, Kotlin, false",
        "coverage, isEmpty, '', true",
        "language, isNotEmpty, '', true"
    })
    void textIsCompared(String property, String operator, String value, boolean matches) {
        assertThat(query(property, operator, value).matches(CART)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"=, 4.0, true", ">, 4, false", ">=, 4, true", "<, 10, true", "<=, 3, false"})
    void numbersAreComparedAsNumbers(String operator, double value, boolean matches) {
        assertThat(query("replicas", operator, value).matches(CART)).isEqualTo(matches);
    }

    @Test
    void rulesCombineAndNest() {
        // Given
        var wrong = Map.of("property", "language", "operator", "=", "value", "Go");
        var right = Map.of("property", "replicas", "operator", ">", "value", 2);

        // Then
        assertThat(combined("and", List.of(wrong, right)).matches(CART)).isFalse();
        assertThat(combined("or", List.of(wrong, right)).matches(CART)).isTrue();
        assertThat(combined("and", List.of(right, Map.of("combinator", "or", "rules", List.of(wrong, right))))
                        .matches(CART))
                .isTrue();
    }

    @Test
    void unknownOperatorIsRefusedWhenRead() {
        assertThatThrownBy(() -> query("language", "resembles", "Kotlin"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("resembles")
                .hasMessageContaining("contains");
    }

    private static EntityQuery query(String property, String operator, Object value) {
        return new EntityQuery(new JsonObject(Map.of("property", property, "operator", operator, "value", value)));
    }

    private static EntityQuery combined(String combinator, List<?> rules) {
        return new EntityQuery(new JsonObject(Map.of("combinator", combinator, "rules", rules)));
    }
}
