package dev.portcullis.console.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.SinkSettings.Start;
import dev.portcullis.console.sinks.ocsf.OcsfGap;
import dev.portcullis.console.sinks.store.SinkStore;
import dev.portcullis.console.trail.ChainedCalls;
import dev.portcullis.console.trail.Portion;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.ledger.Cuts;
import dev.portcullis.ledger.SigningKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a sink says of records that it cannot send any more.
class SinkGapTest {
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.of(2020, 1, 5, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final SinkSettings SINK = new SinkSettings(
            "siem",
            new SinkSettings.Syslog("localhost", 1, Optional.empty()),
            Start.BEGINNING,
            Content.TOOL_CALLS,
            false);

    private final TestDatabase database = TestDatabase.create();
    private final DSLContext sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    private final SinkStore store = new SinkStore(database.dataSource());
    private final ChainedCalls chain = new ChainedCalls(database.dataSource());
    private final List<Gap> gaps = new ArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatRetentionDroppedIsToldFromWhatIsLost() {
        // Given: of six records, three are old, and the fourth is missing
        var part = makePart();
        chain.record(3, "any", LONG_AGO);
        chain.skip(1);
        chain.record(2, "any");
        store.prepare(SINK);
        advance(1);

        // When
        drop(part);
        advance(10);

        // Then
        assertThat(gaps)
                .extracting(Gap::first, Gap::last, Gap::cause)
                .containsExactly(tuple(2L, 3L, "retention"), tuple(4L, 4L, "loss"));
        assertThat(gaps.getFirst().describe())
                .isEqualTo(
                        "Records 2 to 3 of chain " + chain.chain() + " were dropped by retention before this sink had"
                                + " sent them (records 1 to 3, with " + part + ").");
        var told = OcsfGap.of(gaps.getFirst(), LONG_AGO).body().at("/unmapped/cut");
        assertThat(told.path("first").asLong()).isEqualTo(1);
        assertThat(told.path("last").asLong()).isEqualTo(3);
        assertThat(told.path("dropped_by").asString()).isEqualTo("console");
        assertThat(events()).containsExactly("retention " + part, "loss null");
    }

    @Test
    void chainThatRetentionDroppedAsAWholeIsNotLost() {
        // Given
        var part = makePart();
        chain.record(2, "any", LONG_AGO);
        store.prepare(SINK);

        // When
        drop(part);
        advance(10);

        // Then
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.cause()).isEqualTo("retention");
            assertThat(gap.last()).isEqualTo(2);
        });
    }

    @Test
    void cutThatNobodyKnownHasSignedExplainsNothing() {
        // Given
        chain.record(3, "any");
        store.prepare(SINK);
        advance(1);
        chain.dropBehind(1);

        // When: somebody says that retention did it
        sql.execute("insert into audit.signing_keys (key_id, public_key, owner) values ('mine', '\\x00', 'mallory')");
        var cut =
                "insert into audit.cuts (chain, first_sequence, sequence, hash, part, boundary, dropped_by, signature,"
                        + " key_id) values (?, ?, ?, decode(repeat('00', 32), 'hex'), 'x', now(), 'console', ?, ?)";
        sql.execute(cut, chain.chain(), 2, 2, null, null);
        sql.execute(cut, chain.chain(), 2, 3, new byte[64], "mine");
        advance(10);

        // Then
        assertThat(gaps).containsExactly(new Gap(chain.chain(), 2, 3, Optional.empty()));
    }

    private String makePart() {
        return sql.fetchSingle("select audit.make_part('2020-01-01', '2020-02-01')")
                .get(0, String.class);
    }

    private void drop(String part) {
        sql.transaction(transaction -> {
            transaction.dsl().execute("select audit.drop_part(?, 'console', 'too old')", part);
            Cuts.sign(transaction.dsl(), SigningKey.generate(), "console");
        });
    }

    private void advance(int records) {
        store.advance(SINK, new Portion(records, 1_000_000, false), waiting -> gaps.addAll(waiting.gaps()));
    }

    private List<String> events() {
        return sql.fetch("select detail ->> 'cause', detail ->> 'part' from audit.admin_events where event = 'sink.gap'"
                        + " order by (detail ->> 'first')::int")
                .map(row -> row.get(0) + " " + row.get(1));
    }
}
