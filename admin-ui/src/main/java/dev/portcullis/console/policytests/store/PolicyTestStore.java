package dev.portcullis.console.policytests.store;

import static dev.portcullis.database.gateway.Tables.POLICY_TESTS;
import static org.jooq.impl.DSL.max;

import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.policytests.PolicyTest;
import dev.portcullis.console.policytests.PolicyTestCase;
import dev.portcullis.console.policytests.StaleTestException;
import dev.portcullis.console.policytests.query.PolicyTestQuery;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import javax.sql.DataSource;

/// Writes regression tests. Every version stays; writers wait for each other.
@Repository
public class PolicyTestStore {
    private static final int MOST = 1_000;

    private final DSLContext sql;

    public PolicyTestStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// @throws StaleTestException when none of the expected revisions is current
    /// @throws ConflictException when there would be too many
    public void save(PolicyTestCase test, String actor, Set<Long> expected) {
        sql.transaction(transaction -> {
            lock(transaction);
            var before = checked(transaction, test.name(), expected);
            var _ = write(transaction, test, before, actor);
        });
    }

    /// All or none.
    ///
    /// @return how many say something else now
    public int saveAll(List<PolicyTestCase> tests, String actor) {
        return sql.transactionResult(transaction -> {
            lock(transaction);
            return (int) tests.stream()
                    .filter(test -> write(transaction, test, PolicyTestQuery.find(transaction, test.name()), actor))
                    .count();
        });
    }

    private static boolean write(
            Configuration transaction, PolicyTestCase test, Optional<PolicyTest> before, String actor) {
        if (before.filter(known -> known.content().equals(test)).isPresent()) {
            return false;
        }
        if (before.isEmpty()
                && transaction
                                .dsl()
                                .fetchCount(
                                        DSL.selectDistinct(POLICY_TESTS.NAME).from(POLICY_TESTS))
                        >= MOST) {
            throw new ConflictException("There are " + MOST + " tests, deleted ones included (expected: less).");
        }
        insert(transaction, test.name(), Optional.of(test), actor);
        var detail = new TreeMap<String, String>();
        before.ifPresent(known -> detail.put("before", known.content().definition()));
        detail.put("after", test.definition());
        before.flatMap(PolicyTest::notGating).ifPresent(reason -> detail.put("notGatingBefore", reason));
        test.notGating().ifPresent(reason -> detail.put("notGating", reason));
        AdminEventStore.append(
                transaction,
                AdminEvent.of(actor, AdminEvent.POLICY_TEST_SAVED)
                        .about("test " + test.name())
                        .with(detail));
        return true;
    }

    /// @return whether there was one
    public boolean delete(String name, String actor, Set<Long> expected) {
        return sql.transactionResult(transaction -> {
            lock(transaction);
            var before = checked(transaction, name, expected);
            before.ifPresent(known -> {
                insert(transaction, name, Optional.empty(), actor);
                AdminEventStore.append(
                        transaction,
                        AdminEvent.of(actor, AdminEvent.POLICY_TEST_DELETED)
                                .about("test " + name)
                                .with(Map.of("before", known.content().definition())));
            });
            return before.isPresent();
        });
    }

    private static void insert(Configuration transaction, String name, Optional<PolicyTestCase> test, String actor) {
        var last = Optional.ofNullable(transaction
                        .dsl()
                        .select(max(POLICY_TESTS.REVISION))
                        .from(POLICY_TESTS)
                        .where(POLICY_TESTS.NAME.eq(name))
                        .fetchSingle()
                        .value1())
                .orElse(0L);
        transaction
                .dsl()
                .insertInto(POLICY_TESTS)
                .set(POLICY_TESTS.NAME, name)
                .set(POLICY_TESTS.REVISION, last + 1)
                .set(
                        POLICY_TESTS.DEFINITION,
                        test.map(PolicyTestCase::definition).orElse(null))
                .set(
                        POLICY_TESTS.NOT_GATING,
                        test.flatMap(PolicyTestCase::notGating).orElse(null))
                .set(POLICY_TESTS.AUTHOR, actor)
                .execute();
    }

    private static Optional<PolicyTest> checked(Configuration transaction, String name, Set<Long> expected) {
        var before = PolicyTestQuery.find(transaction, name);
        if (!expected.isEmpty()
                && !expected.contains(before.map(PolicyTest::revision).orElse(0L))) {
            throw new StaleTestException(name);
        }
        return before;
    }

    private static void lock(Configuration transaction) {
        transaction.dsl().execute("lock table {0} in share row exclusive mode", POLICY_TESTS);
    }
}
