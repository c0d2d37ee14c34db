package dev.portcullis.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.RecordRules;
import dev.portcullis.proxy.audit.RecordedArguments;
import dev.portcullis.proxy.http.ShownCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class RecordKeepingTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redact: {arguments: [/a]}                                       | true
            match: {tools: ["list_*"]}, redact: {arguments: [/a]}           | true
            match: {groups: [nobody]}, redact: {arguments: [/a]}            | true
            match: {tools: [other]}, redact: {arguments: [/a]}              | false
            match: {routes: [other]}, redact: {arguments: [/a]}             | false
            match: {prompts: [p]}, redact: {arguments: [/a]}                | false
            mode: observe, redact: {arguments: [/a]}                        | false
            recordResult: {maxBytes: 9}                                     | false
            deny: true                                                      | false
            """)
    void ruleThatCouldHideSomethingIsFound(String rule, boolean may) {
        assertThat(RecordRules.mayHide(document(rule), "r", "list_entities")).isEqualTo(may);
    }

    @Test
    void undecidedCallKeepsOnlyAKeyedDigest() {
        // When
        var kept = new AskedFacts(DIGESTS)
                .arguments("{\"salary\": 7}", new ShownCredential(Optional.empty()), Optional.empty());

        // Then
        assertThat(kept.json()).doesNotContain("salary", "7").contains("redacted");
        assertThat(kept.digest())
                .startsWith("hmac-sha256:")
                .isEqualTo(RecordedArguments.unknown("{\"salary\":7}", DIGESTS).digest());
    }

    @Test
    void denialThatSaysNothingOfRecordsIsNoPermissionToKeep() {
        var denial = new Decision.Deny(1, List.of(new Decision.Denial("a", "deny", Optional.empty())), List.of());
        assertThat(denial.keeping()).isEmpty();
    }

    private static PolicyDocument document(String rule) {
        var text =
                "apiVersion: portcullis/v1\norganization: acme\nroutes: {r: {upstream: sandbox}, other: {upstream: sandbox}}\n"
                        + "rules: [{id: a, " + rule + "}]\n";
        return ((ReadResult.Valid) DocumentReader.read(text)).document();
    }
}
