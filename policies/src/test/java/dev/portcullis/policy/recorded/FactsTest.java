package dev.portcullis.policy.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.HiddenUrls;
import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.HiddenValue.Kind;
import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.recorded.RecordedFacts.Part;
import dev.portcullis.policy.recorded.RecordedFacts.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class FactsTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);
    private static final String DEFINITION = "sha256:" + "0a".repeat(32);

    @Test
    void whatIsWrittenIsRead() {
        // Given
        var arguments = new KeptArguments(
                "{}",
                List.of(
                        new HiddenValue("/a", Kind.STRING, Optional.of("d1")),
                        new HiddenValue("/b/0", Kind.OBJECT, Optional.empty())),
                new HiddenUrls(true, false, true, List.of(List.of("h1", "h2"), List.of("h3"))),
                Map.of("/a is {matches: x}", true, "/b is {absent: true}", false),
                Optional.of(DIGESTS));
        var facts = new RecordedFacts(
                Subject.TOOL_CALL,
                new Wishes(true, Optional.of(List.of("deploy"))),
                Optional.of(DEFINITION),
                Optional.of(false),
                List.of("file:///x"),
                Optional.of("plan"),
                Set.of(Part.URIS, Part.TOOL),
                Optional.of(arguments));

        // When
        var read = FactsReader.read(FactsWriter.write(facts), Optional.of("{}"), Optional.of(DIGESTS));

        // Then
        assertThat(read).contains(facts);
    }

    @Test
    void usualFactsAreOneKey() {
        var facts = new RecordedFacts(
                Subject.MESSAGE,
                Wishes.none(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Set.of(),
                Optional.of(KeptArguments.whole("{}")));
        assertThat(FactsWriter.write(facts)).isEqualTo("{\"subject\":\"message\"}");
        assertThat(FactsReader.read("{\"subject\":\"message\"}", Optional.of("{}"), Optional.empty()))
                .contains(facts);
    }

    @Test
    void digestsOfAnotherKeyAreNone() {
        var facts = "{\"subject\": \"tool_call\", \"arguments\": {\"key\": \"%s\", \"hidden\": []}}"
                .formatted(DIGESTS.keyName());
        var other = new ValueDigests("another".repeat(5).getBytes(StandardCharsets.UTF_8));

        assertThat(digests(facts, DIGESTS)).isPresent();
        assertThat(digests(facts, other)).isEmpty();
        assertThat(other.keyName()).isNotEqualTo(DIGESTS.keyName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"subject\": \"dream\"}",
                "{\"subject\": \"message\", \"readOnly\": \"yes\"}",
                "{\"subject\": \"message\", \"uris\": \"x\"}",
                "{\"subject\": \"message\", \"uris\": [1]}",
                "{\"subject\": \"message\", \"altered\": [\"soul\"]}",
                "{\"subject\": \"message\", \"definition\": \"sha256:1\"}",
                "{\"subject\": \"tool_call\", \"arguments\": {}}",
                "{\"subject\": \"tool_call\", \"arguments\": {\"key\": \"k\", \"hidden\": [{\"at\": \"/a\"}]}}",
                "{\"subject\": \"tool_call\", \"arguments\": {\"key\": \"k\", \"hidden\": [], \"urls\": {}}}",
                "{\"subject\": \"tool_call\", \"arguments\": {\"key\": \"k\", \"hidden\": [],"
                        + " \"urls\": {\"certain\": true, \"kept\": true, \"complete\": true, \"hosts\": [[]]}}}",
                "{\"subject\": \"tool_call\", \"arguments\": {\"key\": \"k\", \"hidden\": [], \"tests\": {\"a\": 1}}}"
            })
    void factsThatAreNotUnderstoodAreNone(String facts) {
        assertThat(FactsReader.read(facts, Optional.of("{}"), Optional.of(DIGESTS)))
                .isEmpty();
    }

    @Test
    void digestsTellKindsApartAndNotWaysOfWriting() {
        assertThat(DIGESTS.ofNumber(new BigDecimal("1E+5"))).isEqualTo(DIGESTS.ofNumber(new BigDecimal("100000.0")));
        assertThat(DIGESTS.ofText("5")).isNotEqualTo(DIGESTS.ofNumber(BigDecimal.valueOf(5)));
        assertThat(DIGESTS.ofText("a.example")).isNotEqualTo(DIGESTS.ofHost("a.example"));
        assertThat(DIGESTS.ofText("\ud800")).isNotEqualTo(DIGESTS.ofText("?"));
        assertThat(DIGESTS.ofText("x")).hasSize(22);
        assertThat(DIGESTS).hasToString("[value digests]");
    }

    private static Optional<ValueDigests> digests(String facts, ValueDigests current) {
        return FactsReader.read(facts, Optional.of("{}"), Optional.of(current))
                .flatMap(RecordedFacts::arguments)
                .orElseThrow()
                .digests();
    }
}
