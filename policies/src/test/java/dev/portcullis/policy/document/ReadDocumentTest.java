package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class ReadDocumentTest {
    private static final String TEXT = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              example: {upstream: sandbox}
            rules:
              - {id: a, match: {tools: [list_servces]}, deny: true, message: no}
            """;

    @Test
    void textIsReadOnceAndComparedWithNewNames() {
        // Given
        var read = ReadDocument.of(TEXT);

        // When
        var before = warnings(read.comparedWith(KnownNames.NONE));
        var after = warnings(read.comparedWith(
                new KnownNames(Map.of("example", Set.of("list_services")), Map.of(), Set.of(), Set.of())));

        // Then
        assertThat(after).hasSizeGreaterThan(before.size()).anyMatch(warning -> warning.line() == 6);
        assertThat(warnings(read.withoutWarnings())).isEmpty();
    }

    @Test
    void itIsWhatTheReaderSays() {
        assertThat(ReadDocument.of(TEXT).comparedWith(KnownNames.NONE)).isEqualTo(DocumentReader.read(TEXT));
    }

    @Test
    void errorsStayErrors() {
        for (var text : List.of("a: [", TEXT + "surplus: 1\n")) {
            assertThat(ReadDocument.of(text).comparedWith(KnownNames.NONE))
                    .isInstanceOf(ReadResult.Invalid.class)
                    .isEqualTo(DocumentReader.read(text));
        }
    }

    private static List<DocumentProblem> warnings(ReadResult result) {
        return ((ReadResult.Valid) result).warnings();
    }
}
