package dev.portcullis.console.settings.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.storage.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;

class RetentionMeanwhileTest {
    @ParameterizedTest
    @CsvSource({
        // before, now, chosen, expected
        "forever, 400d, forever, 400d",
        "forever, 400d, 90d, 90d",
        "forever, forever; a: 9d, 90d, 90d; a: 9d",
        "forever; a: 9d, forever, 90d; a: 9d, 90d",
        "forever; a: 9d, forever, forever; a: 8d, forever; a: 8d",
        "forever; a: 9d, forever; a: 7d, forever, forever",
        "400d; a: 9d, 400d; a: 9d; b: forever, 400d; a: 9d; c: 5d, 400d; a: 9d; b: forever; c: 5d",
        "400d; a: forever, 400d; a: 9d, 400d; a: forever, 400d; a: 9d",
    })
    void whatEachHasChangedIsKept(String before, String now, String chosen, String expected) {
        var meanwhile = new RetentionMeanwhile(retention(before), retention(now));

        assertThat(meanwhile.with(retention(chosen)).describe()).isEqualTo(expected);
    }

    @Test
    void whatOthersChangedIsSaid() {
        assertThat(new RetentionMeanwhile(retention("forever"), retention("400d; a: 9d")).sentence())
                .isEqualTo("Somebody else has changed the retention meanwhile, from forever to 400d; a: 9d.");
    }

    private static Retention retention(String words) {
        var terms = words.split("; ");
        var organizations = new HashMap<String, Optional<Duration>>();
        for (var i = 1; i < terms.length; i++) {
            var term = terms[i].split(": ");
            organizations.put(term[0], term(term[1]));
        }
        return new Retention(term(terms[0]), organizations);
    }

    private static Optional<Duration> term(String word) {
        return word.equals("forever")
                ? Optional.empty()
                : Optional.of(Duration.ofDays(Long.parseLong(word.replace("d", ""))));
    }
}
