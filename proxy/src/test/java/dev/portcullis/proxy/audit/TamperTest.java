package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.CHAINS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.ledger.BadPlace;
import dev.portcullis.ledger.Checkpoint;
import dev.portcullis.ledger.Cuts;
import dev.portcullis.ledger.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What somebody with the database's password may do to the trail, done with SQL: every manipulation is
/// found, at the right place.
class TamperTest {
    @TempDir
    private Path folder;

    private WrittenTrail trail;

    @BeforeEach
    void writeThirtyRecords() throws IOException {
        trail = WrittenTrail.ofThirtyRecords(folder);
    }

    @AfterEach
    void close() {
        trail.close();
    }

    @Test
    void untouchedTrailIsGood() throws IOException {
        // Given: records behind the last checkpoint, and another replica
        trail.one.write(3);
        trail.writer("replica-2").ten();

        // When
        var report = trail.verify();

        // Then
        assertThat(report.bad()).isEmpty();
        assertThat(report.linked()).isEqualTo(43);
        assertThat(report.checkpoints()).isEqualTo(4);
        assertThat(report.unsigned()).isEqualTo(3);
        assertThat(report.chains()).isEqualTo(2);
    }

    @Test
    void changedFieldIsFound() throws IOException {
        trail.sql.execute("create table untouched as select * from audit.exchanges where sequence = 14");
        for (var change : List.of(
                "caller = 'mallory'",
                "arguments = '{}'",
                "decision = 'allowed', outcome = 'tool_error'",
                "rules = '{kill:1}'",
                "client_address = '127.0.0.2'",
                "client_address = '127.0.0.1/8'",
                "completed_at = completed_at + interval '1 microsecond'",
                "latency_micros = latency_micros + 1",
                "caller_verified = null",
                "result = '{}'",
                "hidden_tools = '{}'",
                "exchanges = 1")) {
            trail.tamper("update audit.exchanges set " + change + " where sequence = 14");

            assertThat(trail.verify().bad()).as(change).hasValueSatisfying(place -> {
                assertThat(place.sequence()).isEqualTo(14);
                assertThat(place.id()).isEqualTo(trail.idAt(14));
                assertThat(place.what()).contains("does not fit");
            });
            trail.tamper("delete from audit.exchanges where sequence = 14");
            trail.sql.execute("insert into audit.exchanges select * from untouched");
        }
        assertThat(trail.verify().bad()).isEmpty();
    }

    @Test
    void deletedRecordIsFound() throws IOException {
        trail.tamper("delete from audit.exchanges where sequence = 14");

        assertThat(bad()).isEqualTo(place(14, "record 14 is missing: record 15 comes after them"));
    }

    @Test
    void deletedRecordWhoseSuccessorsMovedUpIsFound() throws IOException {
        trail.tamper("delete from audit.exchanges where sequence = 14");
        trail.tamper("update audit.exchanges set sequence = sequence - 1 where sequence > 14");

        assertThat(bad().sequence()).isEqualTo(14);
        assertThat(bad().what()).contains("does not fit");
    }

    @Test
    void deletedTailIsFoundByItsCheckpoint() throws IOException {
        trail.tamper("delete from audit.exchanges where sequence > 24");
        trail.headAt(24);

        assertThat(bad().sequence()).isEqualTo(25);
        assertThat(bad().what()).contains("records 25 to 30 are missing: the checkpoint of");
    }

    @Test
    void deletedTailIsFoundByTheHead() throws IOException {
        trail.one.write(5);
        trail.tamper("delete from audit.exchanges where sequence > 32");

        assertThat(bad()).isEqualTo(place(33, "records 33 to 35 are missing: the chain's head has them"));
    }

    @Test
    void deletedTailWithItsCheckpointsIsFoundByAnchorsAlone() throws IOException {
        trail.tamper("delete from audit.exchanges where sequence > 20");
        trail.tamper("delete from audit.checkpoints where sequence > 20");
        trail.headAt(20);

        assertThat(trail.verify().bad()).isEmpty();
        var bad = trail.verify(List.of(), true).bad().orElseThrow();
        assertThat(bad.sequence()).isEqualTo(21);
        assertThat(bad.what()).contains("records up to 30 are missing: the anchor of");
    }

    @Test
    void replicaNoticesADeletedTailAndGoesOnInAnotherChain() throws IOException {
        // Given: as above, while the replica runs
        var left = trail.one.id();
        trail.tamper("delete from audit.exchanges where sequence > 20");
        trail.tamper("delete from audit.checkpoints where sequence > 20");
        trail.headAt(20);

        // When
        trail.one.write(1);

        // Then
        assertThat(trail.one.chain.lastAlarm())
                .hasValueSatisfying(alarm -> assertThat(alarm).contains("is at 20 and not at 30"));
        assertThat(trail.one.chain.alarms()).isEqualTo(1);
        assertThat(trail.sql.fetchCount(CHAINS)).isEqualTo(2);
        assertThat(bad().chain()).contains(left);
        assertThat(bad().sequence()).isEqualTo(21);
        assertThat(bad().what()).contains("records up to 30 are missing: the chain");
    }

    @Test
    void idleReplicaNoticesADeletedTail() throws IOException {
        trail.tamper("delete from audit.exchanges where sequence > 20");

        trail.one.chain.chain().inspect(trail.sql);

        assertThat(trail.one.chain.lastAlarm())
                .hasValueSatisfying(alarm -> assertThat(alarm).contains("does not have record 30"));
    }

    @Test
    void cutThatNobodySignedHidesNoDeletedTail() throws IOException {
        // Given
        var head = trail.one.chain.chain().head().orElseThrow();
        trail.tamper("delete from audit.exchanges where sequence > 20");
        trail.sql.execute(
                "insert into audit.cuts (chain, first_sequence, sequence, hash, part, boundary, dropped_by, key_id,"
                        + " signature) values (?, 21, ?, ?, 'x', now(), 'console', ?, ?)",
                head.chain(),
                head.sequence(),
                head.hash(),
                WrittenTrail.KEY.keyId(),
                new byte[64]);

        // When
        trail.one.chain.chain().inspect(trail.sql);

        // Then
        assertThat(trail.one.chain.alarms()).isEqualTo(1);
    }

    @Test
    void clockThatWasSetBackBreaksNothing() throws IOException {
        // Given a chain that was left for one that began, as it says, earlier
        trail.writer("replica-2").write(1);
        var setBack = trail.writer("replica-2", Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
        setBack.write(1);
        var left = setBack.id();
        trail.writer("replica-2").write(1);
        setBack.write(1);
        assertThat(setBack.id()).isNotEqualTo(left);

        // When
        var next = trail.writer("replica-2");
        next.write(1);

        // Then
        assertThat(next.id()).isEqualTo(setBack.id());
        assertThat(trail.verify().bad()).isEmpty();
    }

    @Test
    void insertedRecordIsFound() throws IOException {
        trail.tamper(WrittenTrail.copyOf(14, "sequence"));
        assertThat(bad().sequence()).isEqualTo(14);
        assertThat(bad().what()).contains("inserted");

        startAnew();
        trail.tamper(WrittenTrail.copyOf(30, "31"));
        trail.tamper("update audit.chains set sequence = 31");
        assertThat(bad().sequence()).isEqualTo(31);

        startAnew();
        trail.tamper(WrittenTrail.copyOf(14, "null"));
        assertThat(bad().what()).contains("is in no chain");
    }

    @Test
    void reorderedRecordsAreFound() throws IOException {
        trail.tamper("update audit.exchanges set sequence = case sequence when 14 then 15 else 14 end where sequence in"
                + " (14, 15)");
        assertThat(bad().sequence()).isEqualTo(14);

        startAnew();
        trail.tamper("update audit.exchanges a set sequence = b.sequence, hash = b.hash from audit.exchanges b"
                + " where a.sequence in (14, 15) and b.sequence = 29 - a.sequence");
        assertThat(bad().sequence()).isEqualTo(14);
    }

    @Test
    void swappedChainsAreFound() throws IOException {
        // Given
        var other = trail.writer("replica-2").ten().ten().ten();
        var one = trail.one.id();

        // When
        var nobody = UUID.randomUUID();
        for (var table : List.of("exchanges", "checkpoints")) {
            for (var move : List.of(List.of(one, nobody), List.of(other.id(), one), List.of(nobody, other.id()))) {
                trail.tamper("update audit." + table + " set chain = '" + move.get(1) + "' where chain = '"
                        + move.get(0) + "'");
            }
        }
        trail.tamper(
                "update audit.chains a set sequence = b.sequence, hash = b.hash from audit.chains b where a.chain <>"
                        + " b.chain");

        // Then
        assertThat(bad().chain()).contains(one);
        assertThat(bad().sequence()).isEqualTo(1);
    }

    @Test
    void forgedCheckpointIsFound() throws IOException {
        trail.tamper("update audit.checkpoints set made_at = made_at + interval '1 day' where sequence = 20");

        assertThat(bad().sequence()).isEqualTo(20);
        assertThat(bad().what()).contains("is forged: its signature is wrong");
    }

    @Test
    void deletedCheckpointIsFound() throws IOException {
        trail.tamper("delete from audit.checkpoints where sequence = 20");

        assertThat(bad().sequence()).isEqualTo(30);
        assertThat(bad().what()).contains("a checkpoint before that of");
    }

    @Test
    void checkpointOfAnUnknownKeyIsFound() throws IOException {
        // Given: everything is linked and signed anew, with the attacker's key
        var forger = SigningKey.generate();
        var last = trail.sql.selectFrom(CHAINS).fetchSingle();
        var head = trail.one.chain.chain().head().orElseThrow();
        var forged = Checkpoint.sign(head, Optional.empty(), Instant.now(), forger);
        trail.tamper("delete from audit.checkpoints");
        trail.sql.execute(
                "insert into audit.checkpoints values (?, ?, ?, ?, ?::timestamptz, null, ?, ?)",
                last.getChain(),
                head.sequence(),
                head.hash(),
                head.sequence(),
                forged.madeAt().toString(),
                forger.keyId(),
                forged.signature());

        // Then
        assertThat(bad().what()).contains("is signed by the unknown key " + forger.keyId());

        // When: the attacker's key is said to be one of ours
        trail.sql.execute(
                "insert into audit.signing_keys values (?, ?, 'replica-1')",
                forger.keyId(),
                forger.publicKey().der());

        // Then: only whoever was given the key outside of the database finds it
        assertThat(trail.verify().bad()).isEmpty();
        assertThat(trail.verify(List.of(WrittenTrail.KEY.publicKey()), false)
                        .bad()
                        .orElseThrow()
                        .what())
                .contains("unknown key " + forger.keyId());
        assertThat(trail.verify(List.of(), true).bad()).isEmpty();
    }

    @Test
    void wholeChainDeletedIsFound() throws IOException {
        // Given
        var one = trail.one.id();
        trail.writer("replica-2").ten();
        var ofOne = " where chain = '" + one + "'";

        trail.tamper("delete from audit.chains" + ofOne);
        assertThat(bad().what()).contains("the chain itself is missing");

        trail.tamper("delete from audit.exchanges" + ofOne);
        assertThat(bad().what()).contains("the chain itself is missing");

        trail.tamper("delete from audit.checkpoints" + ofOne);
        assertThat(trail.verify().bad()).isEmpty();
        var bad = trail.verify(List.of(), true).bad().orElseThrow();
        assertThat(bad.chain()).contains(one);
        assertThat(bad.what()).contains("the whole chain is missing: the anchor of");
    }

    @Test
    void rowsWithoutChainOfOlderVersionsAreCounted() throws IOException {
        trail.tamper(WrittenTrail.copyOf(14, "null"));
        trail.tamper("update audit.exchanges set occurred_at = occurred_at - interval '1 day' where chain is null");

        var report = trail.verify();

        assertThat(report.bad()).isEmpty();
        assertThat(report.older()).isEqualTo(1);
    }

    @Test
    void retentionDoesNotBreakVerification() throws IOException {
        // Given: the first ten began long ago, and the fifteenth, which lasted long
        var part = trail.sql
                .fetchValue("select audit.make_part('2020-01-01', '2020-02-01')")
                .toString();
        trail.close();
        trail = WrittenTrail.withOldRecords(folder);
        assertThat(trail.verify().bad()).isEmpty();

        // When
        trail.sql.transaction(transaction -> {
            transaction.dsl().execute("select audit.make_part('2020-01-01', '2020-02-01')");
            transaction.dsl().execute("select audit.drop_part(?, 'console', 'too old')", part);
            Cuts.sign(transaction.dsl(), WrittenTrail.KEY, "console");
        });

        // Then
        var report = trail.verify(List.of(WrittenTrail.KEY.publicKey()), true);
        assertThat(report.bad()).isEmpty();
        assertThat(report.dropped()).isEqualTo(11);
        assertThat(report.linked()).isEqualTo(9);

        // When: somebody deletes one more, and says so in the table
        trail.tamper("delete from audit.exchanges where sequence = 11");
        assertThat(bad()).isEqualTo(place(11, "record 11 is missing: record 12 comes after them"));
        trail.tamper("update audit.cuts set sequence = 11 where first_sequence = 1");
        assertThat(bad().what()).contains("forged");
        trail.tamper("delete from audit.cuts where first_sequence = 1");
        trail.sql.execute("insert into audit.cuts (chain, first_sequence, sequence, hash, part, boundary, dropped_by)"
                + " select chain, 1, 11, hash, 'x', now(), 'console' from audit.chains");
        assertThat(bad().what()).contains("nobody signed");
    }

    private void startAnew() throws IOException {
        trail.close();
        trail = WrittenTrail.ofThirtyRecords(folder);
    }

    private BadPlace bad() throws IOException {
        return trail.verify().bad().orElseThrow();
    }

    private BadPlace place(long sequence, String what) {
        return new BadPlace(Optional.of(trail.one.id()), sequence, "", what);
    }
}
