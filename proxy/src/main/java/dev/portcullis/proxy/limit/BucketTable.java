package dev.portcullis.proxy.limit;

import static dev.portcullis.database.gateway.Tables.LIMIT_BUCKETS;

import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The buckets in the database, where all replicas pay from the same ones by the same clock: the
/// database's own.
///
/// Several calls pay in one transaction, which holds the rows of all their buckets. Rows are always locked in the
/// order of their keys, so replicas wait for each other and never in a circle. It keeps one connection.
/// One thread pays; [#abort] may come from another.
final class BucketTable {
    private static final int ATTEMPTS = 3;
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Database database;
    private final Duration patience;
    private volatile Optional<Connection> connection = Optional.empty();

    /// @param patience how long to wait for another replica that holds a bucket
    BucketTable(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /// Has calls pay, one after the other.
    ///
    /// @param calls what each of them has to pay
    /// @param crowded rules that have as many buckets as they may
    /// @throws RuntimeException when the database cannot do it; then it is not known whether they paid
    List<Payment.Settled> pay(List<List<Claim>> calls, Set<String> crowded) throws SQLException {
        var sql = open();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var missing = new TreeSet<String>();
            var paid = sql.transactionResult(
                    transaction -> payLocked(transaction.dsl(), calls, new Keys(calls, crowded), missing));
            if (missing.isEmpty()) {
                return paid;
            }
            insert(sql, rules(calls), missing);
        }
        throw new IllegalStateException("buckets vanish as soon as they are made");
    }

    /// Looks whether the database would let calls pay.
    void probe() throws SQLException {
        open().selectOne().from(LIMIT_BUCKETS).limit(1).execute();
    }

    /// Whether there is a connection that was open before.
    boolean isConnected() {
        return connection.isPresent();
    }

    /// Gives the connection up, and breaks off what is being done on it.
    void abort() {
        connection.ifPresent(broken -> {
            try {
                broken.abort(Runnable::run);
            } catch (SQLException ignored) {
                // It is gone already.
            }
        });
        connection = Optional.empty();
    }

    /// Which rows the claims of some calls may need.
    private record Keys(List<List<Claim>> calls, Set<String> crowded) {
        NavigableSet<String> all() {
            var keys = new TreeSet<String>();
            calls.stream().flatMap(List::stream).map(Claim::bucket).forEach(bucket -> {
                keys.add(bucket.key());
                if (crowded.contains(bucket.rule())) {
                    keys.add(bucket.ofOthers().key());
                }
            });
            return keys;
        }

        /// The row that a claim is paid from, given those that exist.
        String of(Claim claim, Set<String> existing) {
            var own = claim.bucket().key();
            return existing.contains(own) || !crowded.contains(claim.rule())
                    ? own
                    : claim.bucket().ofOthers().key();
        }
    }

    /// @param missing filled with the keys of rows that have to be made first; then nothing is paid
    private static List<Payment.Settled> payLocked(
            DSLContext sql, List<List<Claim>> calls, Keys keys, NavigableSet<String> missing) {
        var rows = lock(sql, keys.all());
        calls.stream()
                .flatMap(List::stream)
                .map(claim -> keys.of(claim, rows.keySet()))
                .filter(key -> !rows.containsKey(key))
                .forEach(missing::add);
        if (!missing.isEmpty()) {
            return List.of();
        }
        var now = rows.values().stream().mapToLong(StoredBucket::lockedAt).max().orElse(0);
        var buckets = new HashMap<String, TokenBucket>();
        calls.stream().flatMap(List::stream).forEach(claim -> {
            var row = rows.get(keys.of(claim, rows.keySet()));
            if (row != null) {
                buckets.putIfAbsent(row.key(), row.bucket(claim));
            }
        });
        var paid = calls.stream()
                .map(claims -> Till.pay(
                        claims, claim -> Objects.requireNonNull(buckets.get(keys.of(claim, rows.keySet()))), now))
                .toList();
        write(sql, buckets, now);
        return paid;
    }

    /// The clock is read outside, so that it is read when the row is locked and not before.
    private static Map<String, StoredBucket> lock(DSLContext sql, Collection<String> keys) {
        var locked = sql.select(LIMIT_BUCKETS.KEY, LIMIT_BUCKETS.STATE, LIMIT_BUCKETS.CHANGED_AT)
                .from(LIMIT_BUCKETS)
                .where(LIMIT_BUCKETS.KEY.eq(DSL.any(keys.toArray(String[]::new))))
                .orderBy(LIMIT_BUCKETS.KEY)
                .forUpdate()
                .asTable("locked");
        return sql
                .select(
                        locked.field(LIMIT_BUCKETS.KEY),
                        locked.field(LIMIT_BUCKETS.STATE),
                        locked.field(LIMIT_BUCKETS.CHANGED_AT),
                        DSL.field("clock_timestamp()", SQLDataType.TIMESTAMPWITHTIMEZONE))
                .from(locked)
                .fetch(StoredBucket::new)
                .stream()
                .collect(Collectors.toMap(StoredBucket::key, row -> row));
    }

    private static void write(DSLContext sql, Map<String, TokenBucket> buckets, long now) {
        var changed = buckets.entrySet().stream()
                .filter(bucket -> bucket.getValue().isChanged())
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        var update = sql.update(LIMIT_BUCKETS)
                .set(LIMIT_BUCKETS.STATE, (byte[]) null)
                .set(LIMIT_BUCKETS.CHANGED_AT, (OffsetDateTime) null)
                .set(LIMIT_BUCKETS.FULL_AT, (OffsetDateTime) null)
                .where(LIMIT_BUCKETS.KEY.eq((String) null));
        sql.batch(update)
                .bind(changed.stream()
                        .map(bucket -> new Object[] {
                            bucket.getValue().written(),
                            time(now),
                            time(now + bucket.getValue().untilFull(now).toNanos()),
                            bucket.getKey()
                        })
                        .toArray(Object[][]::new))
                .execute();
    }

    /// In the order of their keys, and on its own: a replica holds no other row while it makes new ones.
    private static void insert(DSLContext sql, Map<String, String> rules, NavigableSet<String> missing) {
        sql.insertInto(LIMIT_BUCKETS, LIMIT_BUCKETS.KEY, LIMIT_BUCKETS.RULE)
                .valuesOfRows(missing.stream()
                        .map(key -> DSL.row(key, rules.get(key)))
                        .toList())
                .onConflictDoNothing()
                .execute();
    }

    private static Map<String, String> rules(List<List<Claim>> calls) {
        var rules = new HashMap<String, String>();
        calls.stream().flatMap(List::stream).map(Claim::bucket).forEach(bucket -> {
            rules.put(bucket.key(), bucket.rule());
            rules.put(bucket.ofOthers().key(), bucket.rule());
        });
        return rules;
    }

    private DSLContext open() throws SQLException {
        var kept = connection;
        if (kept.isEmpty()) {
            var opened = database.connect();
            connection = Optional.of(opened);
            kept = connection;
            opened.setNetworkTimeout(Runnable::run, Math.toIntExact(SILENCE.toMillis()));
            prepare(DSL.using(opened, SQLDialect.POSTGRES));
        }
        return DSL.using(kept.get(), SQLDialect.POSTGRES);
    }

    /// A bucket is held by who pays from it, so nobody may hold one for long: not until the disk has it, and
    /// not when this process hangs. A crash of the server may forget what was paid in its last moments.
    private void prepare(DSLContext sql) {
        sql.execute("set synchronous_commit = off");
        sql.execute("set lock_timeout = " + patience.toMillis());
        sql.execute("set statement_timeout = " + SILENCE.toMillis());
        sql.execute("set idle_in_transaction_session_timeout = " + SILENCE.toMillis());
    }

    private static OffsetDateTime time(long nanos) {
        return Instant.ofEpochSecond(0, nanos).atOffset(ZoneOffset.UTC);
    }
}
