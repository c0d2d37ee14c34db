package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.engine.PolicyFacts.Classification;
import dev.portcullis.policy.profile.Actions;
import dev.portcullis.policy.profile.ClassSource;
import dev.portcullis.policy.profile.ToolClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

/// Whom the policy believes about a tool.
class PolicyFactsTest {
    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);
    private static final String TEXT = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port}
              trusted: {upstream: sandbox, profile: port, trustAnnotations: true}
            tools:
              port-eu:
                upsert_entity: {class: read, definition: "%s"}
                made_up: {class: execute}
            rules: []
            """.formatted(ONE);

    @ParameterizedTest
    @CsvSource({
        "port-eu, upsert_entity, , READ, REVIEW",
        "port-eu, upsert_entity, false, READ, REVIEW",
        "port-eu, list_entities, , READ, PROFILE",
        "port-eu, list_entities, true, READ, PROFILE",
        "port-eu, list_entities, false, WRITE, ANNOTATION",
        "trusted, upsert_entity, true, WRITE, PROFILE",
        "trusted, upsert_entity, false, WRITE, PROFILE",
        "port-eu, unknown, true, WRITE, DEFAULT",
        "trusted, unknown, true, READ, ANNOTATION",
        "trusted, unknown, false, WRITE, DEFAULT",
        "trusted, unknown, , WRITE, DEFAULT"
    })
    void classComesFromWhoMaySayIt(String route, String name, Boolean hint, ToolClass toolClass, ClassSource source) {
        var tool = new ListedTool(name, Optional.empty(), Optional.ofNullable(hint));

        assertThat(facts(route).classify(tool)).isEqualTo(new Classification(toolClass, source));
    }

    @Test
    void reviewIsOfOneDefinition() {
        assertThat(facts("port-eu").review(listed("upsert_entity", ONE))).isEqualTo(ToolReview.ACCEPTED);
        assertThat(facts("port-eu").review(listed("upsert_entity", TWO))).isEqualTo(ToolReview.CHANGED);
        assertThat(facts("port-eu").review(ListedTool.unseen("upsert_entity"))).isEqualTo(ToolReview.NEW);
        assertThat(facts("port-eu").review(listed("made_up", ONE))).isEqualTo(ToolReview.NEW);
        assertThat(facts("trusted").review(listed("upsert_entity", ONE))).isEqualTo(ToolReview.NEW);
    }

    @Test
    void callIsDescribedByItsClassAndItsActions() {
        // Given
        var document = Inputs.read(TEXT);

        // Then
        assertThat(PolicyFacts.describe(
                        document, "port-eu", ListedTool.unseen("run_action"), "{\"actionIdentifier\": \"deploy\"}"))
                .isEqualTo(new ToolFacts(
                        ToolClass.EXECUTE, ClassSource.PROFILE, new Actions(true, List.of("deploy"), true)));
        assertThat(PolicyFacts.describe(document, "no-route", ListedTool.unseen("run_action"), "{}"))
                .isEqualTo(new ToolFacts(ToolClass.WRITE, ClassSource.DEFAULT, Actions.NONE));
        assertThat(facts("port-eu").executes(ListedTool.unseen("made_up"))).isTrue();
        assertThat(facts("trusted").executes(ListedTool.unseen("made_up"))).isFalse();
    }

    private static ListedTool listed(String name, String definition) {
        return new ListedTool(name, Optional.of(definition), Optional.empty());
    }

    private static PolicyFacts facts(String route) {
        return PolicyFacts.of(Inputs.read(TEXT), route).orElseThrow();
    }
}
