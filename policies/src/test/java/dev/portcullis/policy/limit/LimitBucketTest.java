package dev.portcullis.policy.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Restriction.Limit.Period;
import dev.portcullis.policy.document.Restriction.Limit.Subject;
import dev.portcullis.policy.document.Restriction.Limit.WithoutStore;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

class LimitBucketTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void noTwoBucketsHaveTheSameKey() {
        var buckets = Stream.of(
                bucket("acme", "few", 60, MINUTE, "caller", "key:ci"),
                bucket("acm", "efew", 60, MINUTE, "caller", "key:ci"),
                bucket("acme", "few", 6, MINUTE, "caller", "key:ci"),
                bucket("acme", "few", 60, Duration.ofHours(1), "caller", "key:ci"),
                bucket("acme", "few", 60, MINUTE, "caller", "key:c", "i"),
                bucket("acme", "few", 60, MINUTE, "tool", "key:ci"),
                bucket("acme", "few", 60, MINUTE, "tool", "key", "ci"),
                bucket("acme", "few", 60, MINUTE, "tool", "key2:", "ci"),
                bucket("acme", "few", 60, MINUTE, "tool", "k", "2:ey2:ci"),
                bucket("acme", "few", 60, MINUTE, "caller", "others"),
                bucket("acme", "few", 60, MINUTE, "caller").ofOthers());

        assertThat(buckets.map(LimitBucket::key)).doesNotHaveDuplicates().allMatch(key -> key.length() == 64);
    }

    @Test
    void keyIsTheSameForEveryVersionOfTheProduct() {
        assertThat(bucket("acme", "few", 60, MINUTE, "caller", "key:ci").key())
                .isEqualTo("856a1ef09aa033d2e9e1b7d258709c0b05d0f49b4dad387eb09e5cba00950c06");
    }

    @Test
    void isTheSubjectsThatTheLimitNames() {
        var dana = asked("port-eu", Optional.of("corp:dana"), "list_entities");

        assertThat(List.of(
                        of(dana, Subject.CALLER),
                        of(dana, Subject.TOOL),
                        of(dana, Subject.ROUTE),
                        of(dana, Subject.ORGANIZATION)))
                .extracting(LimitBucket::subject)
                .containsExactly(
                        List.of("caller", "corp:dana"),
                        List.of("tool", "port-eu", "list_entities"),
                        List.of("route", "port-eu"),
                        List.of("organization"));
        assertThat(of(asked("port-us", Optional.of("corp:dana"), "run_action"), Subject.CALLER))
                .isEqualTo(of(dana, Subject.CALLER));
        assertThat(of(asked("port-eu", Optional.of("corp:erin"), "list_entities"), Subject.TOOL))
                .isEqualTo(of(dana, Subject.TOOL));
        assertThat(of(asked("port-eu", Optional.empty(), "list_entities"), Subject.CALLER)
                        .subject())
                .as("callers who are nobody in particular")
                .containsExactly("caller");
    }

    @Test
    void saysWhatIsLeftFromTheTimeItWillBeFull() {
        var bucket = bucket("acme", "few", 60, MINUTE, "route", "port-eu");

        assertThat(bucket.left(NOW.minusSeconds(5), NOW)).isEqualTo(60);
        assertThat(bucket.left(NOW, NOW)).isEqualTo(60);
        assertThat(bucket.left(NOW.plusMillis(1), NOW)).isEqualTo(59);
        assertThat(bucket.left(NOW.plusSeconds(20), NOW)).isEqualTo(40);
        assertThat(bucket.left(NOW.plusSeconds(60), NOW)).isZero();
        assertThat(bucket.left(NOW.plusSeconds(600), NOW)).isZero();
    }

    @Test
    void bucketThatHoldsNothingIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> bucket("acme", "few", 0, MINUTE, "route"));
        assertThatIllegalArgumentException().isThrownBy(() -> bucket("acme", "few", 1, Duration.ZERO, "route"));
    }

    private static LimitBucket of(PolicyInput input, Subject by) {
        return LimitBucket.of(
                input,
                (Question.ToolCall) input.question(),
                "few",
                new Restriction.Limit(60, Period.MINUTE, by, WithoutStore.REFUSE));
    }

    private static PolicyInput asked(String route, Optional<String> subject, String tool) {
        return new PolicyInput(
                UUID.randomUUID(),
                "acme",
                NOW,
                route,
                new PolicyInput.CallerFacts(subject, "bearer", List.of(), true),
                new PolicyInput.ClientFacts(Optional.empty(), Optional.empty(), InetAddress.getLoopbackAddress()),
                Wishes.none(),
                new Question.ToolCall("tools/call", ListedTool.unseen(tool), "{}"));
    }

    private static LimitBucket bucket(
            String organization, String rule, long calls, Duration period, String... subject) {
        return new LimitBucket(organization, rule, calls, period, List.of(subject));
    }
}
