package dev.portcullis.console.policytests.query;

import static dev.portcullis.database.gateway.Tables.POLICY_TESTS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;

import dev.portcullis.console.policytests.PolicyTest;
import dev.portcullis.console.policytests.PolicyTestCase;
import org.jooq.Condition;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads regression tests.
@Repository
public class PolicyTestQuery {
    private final DSLContext sql;

    public PolicyTestQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Those that are not deleted, by name.
    public List<PolicyTest> current() {
        return current(sql.configuration(), noCondition());
    }

    public Optional<PolicyTest> find(String name) {
        return find(sql.configuration(), name);
    }

    /// The same in a transaction.
    public static Optional<PolicyTest> find(Configuration transaction, String name) {
        return current(transaction, POLICY_TESTS.NAME.eq(name)).stream().findFirst();
    }

    private static List<PolicyTest> current(Configuration transaction, Condition condition) {
        var newer = POLICY_TESTS.as("newer");
        return transaction
                .dsl()
                .select(
                        POLICY_TESTS.NAME,
                        POLICY_TESTS.DEFINITION,
                        POLICY_TESTS.NOT_GATING,
                        POLICY_TESTS.REVISION,
                        POLICY_TESTS.AUTHOR,
                        POLICY_TESTS.WRITTEN_AT)
                .from(POLICY_TESTS)
                .where(condition)
                .and(POLICY_TESTS.DEFINITION.isNotNull())
                .andNotExists(selectOne()
                        .from(newer)
                        .where(newer.NAME.eq(POLICY_TESTS.NAME))
                        .and(newer.REVISION.gt(POLICY_TESTS.REVISION)))
                .orderBy(POLICY_TESTS.NAME)
                .fetch(mapping(PolicyTestQuery::test));
    }

    /// Every version with content, newest first.
    public List<PolicyTest> history(String name) {
        return sql.select(
                        POLICY_TESTS.NAME,
                        POLICY_TESTS.DEFINITION,
                        POLICY_TESTS.NOT_GATING,
                        POLICY_TESTS.REVISION,
                        POLICY_TESTS.AUTHOR,
                        POLICY_TESTS.WRITTEN_AT)
                .from(POLICY_TESTS)
                .where(POLICY_TESTS.NAME.eq(name))
                .and(POLICY_TESTS.DEFINITION.isNotNull())
                .orderBy(POLICY_TESTS.REVISION.desc())
                .limit(1_000)
                .fetch(mapping(PolicyTestQuery::test));
    }

    private static PolicyTest test(
            String name,
            String definition,
            @Nullable String notGating,
            long revision,
            String author,
            OffsetDateTime writtenAt) {
        return new PolicyTest(
                new PolicyTestCase(name, definition, Optional.ofNullable(notGating)), revision, author, writtenAt);
    }
}
