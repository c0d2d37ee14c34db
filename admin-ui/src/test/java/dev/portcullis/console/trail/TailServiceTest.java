package dev.portcullis.console.trail;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.access.TokenHolder;
import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.trail.query.TrailQuery;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

@Timeout(30)
class TailServiceTest {
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.of(2025, 3, 1, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final ToolCallFilter NOTHING = new ToolCallFilter(
            Optional.empty(),
            Optional.of("tail-none"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final DataSource database = RunningConsole.shared().database().dataSource();
    private final ChainedCalls chain = new ChainedCalls(database);
    private final TrailQuery trail = new TrailQuery(database);
    private final AdminTokenQuery tokens = new AdminTokenQuery(database);
    private final Tail tail = new Tail(trail, tokens);
    private final TokenHolder holder = holder();
    private final AtomicLong time = new AtomicLong();

    /// Six seconds pass whenever it looks.
    private final TailService service = new TailService(
            tail,
            trail,
            new AdminEventStore(database),
            Clock.systemUTC(),
            () -> time.addAndGet(Duration.ofSeconds(6).toNanos()));

    @AfterEach
    void stop() {
        tail.stop();
    }

    @Test
    void oneListenerTooManyIsRefusedAlsoWhileTheOthersCatchUp() {
        // Given
        var streams = new ArrayList<TailService.Stream>();
        for (var i = 0; i < Tail.MOST_LISTENERS; i++) {
            streams.add(service.stream(ToolCallFilter.all(), Optional.empty(), named("test" + i % 25)));
        }

        // When
        assertThatThrownBy(() -> stream(ToolCallFilter.all())).isInstanceOf(TooManyListenersException.class);
        streams.getFirst().close();
        streams.getFirst().close();

        // Then
        streams.add(stream(ToolCallFilter.all()));
        assertThatThrownBy(() -> stream(ToolCallFilter.all())).isInstanceOf(TooManyListenersException.class);
    }

    @Test
    void nobodyTakesAllPlaces() {
        // Given
        var streams = new ArrayList<TailService.Stream>();
        for (var i = 0; i < Tail.MOST_OF_ONE; i++) {
            streams.add(stream(ToolCallFilter.all()));
        }

        // When
        assertThatThrownBy(() -> stream(ToolCallFilter.all()))
                .isInstanceOf(TooManyListenersException.class)
                .hasMessageStartingWith("token:test listens to the live tail 10 times already");

        // Then
        assertThat(service.stream(ToolCallFilter.all(), Optional.empty(), named("somebody-else")))
                .isNotNull();
        streams.getFirst().close();
        assertThat(stream(ToolCallFilter.all())).isNotNull();
    }

    @Test
    void listenerThatCannotBeRecordedTakesNoPlace() {
        // Given
        var broken = new TailService(
                tail,
                trail,
                new AdminEventStore(database) {
                    @Override
                    public void append(AdminEvent event) {
                        throw new IllegalStateException("the disk is full");
                    }
                },
                Clock.systemUTC());

        // When
        for (var i = 0; i < Tail.MOST_LISTENERS; i++) {
            assertThatThrownBy(() -> broken.stream(ToolCallFilter.all(), Optional.empty(), holder))
                    .isInstanceOf(IllegalStateException.class);
        }

        // Then
        assertThat(stream(ToolCallFilter.all())).isNotNull();
    }

    @Test
    void listenerHearsThatAllIsWellWhileItCatchesUpOnWhatItDoesNotWant() throws Exception {
        // Given
        var start = trail.heads();
        chain.record(1_200, "tail-unwanted", LONG_AGO);

        // When
        var heard = new Heard();
        try (var _ = listening(service.stream(NOTHING, Optional.of(start), holder), heard)) {
            // Then
            var first = heard.next();
            assertThat(first.of(chain.chain())).isBetween(1L, 1_199L);
        }
    }

    @Test
    void listenerHearsThatAllIsWellWhileOnlyOthersAreTold() throws Exception {
        // Given
        var heard = new Heard();
        try (var _ = listening(service.stream(NOTHING, Optional.of(trail.heads()), holder), heard)) {
            heard.next();

            // When
            chain.record(3, "tail-unwanted", LONG_AGO);

            // Then
            Places places;
            do {
                places = heard.next();
            } while (places.of(chain.chain()) < 3);
        }
    }

    @Test
    void listenerThatGoesAwayLeavesItsPlace() throws Exception {
        // Given
        var start = trail.heads();
        chain.record(1, "tail-gone", LONG_AGO);
        var gone = new TailOutput() {
            @Override
            public void calls(List<PlacedCall> calls, Places read) throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public void heartbeat(Places read) throws IOException {
                throw new IOException("connection reset");
            }
        };

        // When
        for (var i = 0; i <= Tail.MOST_LISTENERS; i++) {
            try (var stream = service.stream(ToolCallFilter.all(), Optional.of(start), holder)) {
                assertThatThrownBy(() -> stream.run(gone)).isInstanceOf(IOException.class);
            }
        }

        // Then
        assertThat(stream(ToolCallFilter.all())).isNotNull();
    }

    @Test
    void whatIsLongPastIsNotToldToWhoseTokenIsOver() throws Exception {
        // Given
        var start = trail.heads();
        chain.record(1, "tail-over", LONG_AGO);
        try (var stream = service.stream(ToolCallFilter.all(), Optional.of(start), holder)) {
            DSL.using(database, SQLDialect.POSTGRES)
                    .update(ADMIN_TOKENS)
                    .set(ADMIN_TOKENS.EXPIRES_AT, LONG_AGO)
                    .where(ADMIN_TOKENS.ID.eq(holder.id()))
                    .execute();

            // Then
            stream.run(new TailOutput() {
                @Override
                public void calls(List<PlacedCall> calls, Places read) {
                    throw new AssertionError("told: " + calls);
                }

                @Override
                public void heartbeat(Places read) {
                    // All may be well until it ends.
                }
            });
        }
    }

    private TokenHolder holder() {
        return tokens.holder(new AdminToken(RunningConsole.shared().tokenWith(Roles.VIEWER)))
                .orElseThrow();
    }

    private TokenHolder named(String name) {
        return new TokenHolder(holder.id(), name, holder.roles());
    }

    private TailService.Stream stream(ToolCallFilter filter) {
        return service.stream(filter, Optional.empty(), holder);
    }

    private static AutoCloseable listening(TailService.Stream stream, TailOutput out) {
        var thread = Thread.ofVirtual().start(() -> {
            try (stream) {
                stream.run(out);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return () -> {
            thread.interrupt();
            thread.join();
        };
    }

    /// Where the listener was at each heartbeat.
    private static final class Heard implements TailOutput {
        private final BlockingQueue<Places> beats = new LinkedBlockingQueue<>();

        Places next() throws InterruptedException {
            var beat = beats.poll(5, TimeUnit.SECONDS);
            assertThat(beat).as("heartbeat").isNotNull();
            return beat;
        }

        @Override
        public void calls(List<PlacedCall> calls, Places read) {
            // It wants none.
        }

        @Override
        public void heartbeat(Places read) {
            beats.add(read);
        }
    }
}
