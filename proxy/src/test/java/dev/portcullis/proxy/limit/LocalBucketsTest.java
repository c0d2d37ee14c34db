package dev.portcullis.proxy.limit;

import static dev.portcullis.proxy.limit.Claims.enforced;
import static dev.portcullis.proxy.limit.Claims.observed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

class LocalBucketsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final LongUnaryOperator WHOLE = LongUnaryOperator.identity();

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final LocalBuckets buckets = new LocalBuckets(100, nanos::get);

    @Test
    void callOverALimitIsRefusedAndHearsWhenTheNextIsPossible() {
        // Given
        assertThat(paid(5, enforced("few", 3, MINUTE, "ada"))).isEqualTo(3);

        // When
        var refused = buckets.pay(List.of(enforced("few", 3, MINUTE, "ada")), WHOLE);

        // Then
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Payment.Refused.class,
                        refusal -> assertThat(refusal.empty())
                                .singleElement()
                                .satisfies(
                                        empty -> assertThat(empty.untilNext()).isEqualTo(Duration.ofSeconds(20))));
        assertThat(paid(5, enforced("few", 3, MINUTE, "bob"))).isEqualTo(3);
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(paid(5, enforced("few", 3, MINUTE, "ada"))).isEqualTo(1);
    }

    @Test
    void callPaysAllOrNothing() {
        // Given
        var wide = enforced("wide", 10, MINUTE, "ada");
        var narrow = enforced("narrow", 1, MINUTE, "ada");
        buckets.pay(List.of(narrow), WHOLE);

        // When
        assertThat(IntStream.range(0, 50).mapToObj(i -> buckets.pay(List.of(wide, narrow), WHOLE)))
                .allSatisfy(payment -> assertThat(payment)
                        .isInstanceOfSatisfying(
                                Payment.Refused.class,
                                refusal -> assertThat(refusal.empty())
                                        .extracting(empty -> empty.claim().rule())
                                        .containsExactly("narrow")));

        // Then
        assertThat(paid(20, wide)).isEqualTo(10);
    }

    @Test
    void ruleThatWatchesCountsAllowedCallsAndRefusesNone() {
        // Given
        var watching = observed("watching", 2, MINUTE, "ada");
        var enforcing = enforced("enforcing", 4, MINUTE, "ada");

        // When
        var payments = IntStream.range(0, 5)
                .mapToObj(i -> buckets.pay(List.of(watching, enforcing), WHOLE))
                .toList();

        // Then
        assertThat(payments.subList(0, 2))
                .allSatisfy(made -> assertThat(observedBy(made)).isEmpty());
        assertThat(payments.subList(2, 4))
                .allSatisfy(made -> assertThat(observedBy(made)).containsExactly("watching"));
        assertThat(payments.get(4)).isInstanceOf(Payment.Refused.class);
    }

    @Test
    void bucketsAreForgottenWhenTheyAreFullAndNotBefore() {
        // Given
        assertThat(paid(2, enforced("slow", 2, Duration.ofDays(1), "ada"))).isEqualTo(2);

        // When
        nanos.addAndGet(Duration.ofHours(11).toNanos());

        // Then
        assertThat(paid(2, enforced("slow", 2, Duration.ofDays(1), "ada"))).isZero();
        nanos.addAndGet(Duration.ofHours(25).toNanos());
        assertThat(paid(5, enforced("slow", 2, Duration.ofDays(1), "ada"))).isEqualTo(2);
    }

    @Test
    void inventedSubjectsShareOneBucketWhenThereAreTooMany() {
        // Given
        IntStream.range(0, 100).forEach(i -> paid(1, enforced("few", 3, MINUTE, "caller-" + i)));

        // When
        var paidByFurtherOnes = IntStream.range(100, 1100)
                .mapToLong(i -> paid(1, enforced("few", 3, MINUTE, "caller-" + i)))
                .sum();

        // Then
        assertThat(paidByFurtherOnes).isEqualTo(3);
        assertThat(paid(5, enforced("few", 3, MINUTE, "caller-7"))).isEqualTo(2);
    }

    @Test
    void smallerShareDoesNotFillTheBucketAgain() {
        // Given
        var claim = enforced("shared", 12, MINUTE, "ada");
        var half = IntStream.range(0, 20)
                .filter(i -> buckets.pay(List.of(claim), calls -> calls / 2) instanceof Payment.Made)
                .count();
        assertThat(half).isEqualTo(6);

        // When
        var third = buckets.pay(List.of(claim), calls -> calls / 3);

        // Then
        assertThat(third).isInstanceOf(Payment.Refused.class);
    }

    private long paid(int calls, Claim claim) {
        return IntStream.range(0, calls)
                .filter(i -> buckets.pay(List.of(claim), WHOLE) instanceof Payment.Made)
                .count();
    }

    private static List<String> observedBy(Payment payment) {
        return ((Payment.Made) payment)
                .observed().stream().map(empty -> empty.claim().rule()).toList();
    }
}
