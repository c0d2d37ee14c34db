package dev.portcullis.console.replay;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static dev.portcullis.database.gateway.Tables.SEAL_KEY;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.policy.ValueDigests;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Records for tests of replays, in a time of their own.
public final class RecordedExchanges {
    private static final String CALL = "{\"subject\": \"tool_call\"}";

    private static final Field<String> CLIENT_ADDRESS = DSL.field(DSL.name("client_address"), String.class);

    private final DSLContext sql = DSL.using(RunningConsole.shared().database().dataSource(), SQLDialect.POSTGRES);
    private final OffsetDateTime from;
    private int second;

    /// @param from when the first one begins; each begins a second later than the one before
    public RecordedExchanges(OffsetDateTime from) {
        this.from = from;
    }

    /// A call of the policy in force that was allowed.
    public UUID allowed(String caller, String tool, String arguments) {
        return add(caller, tool, arguments, "allowed", CALL);
    }

    /// The same with other facts.
    public UUID allowed(String caller, String tool, String arguments, String facts) {
        return add(caller, tool, arguments, "allowed", facts);
    }

    /// A call of an action by somebody who is in a group.
    public UUID called(String route, String tool, String action, String group) {
        var record = call("ada", tool, "{}", "allowed");
        record.setRoute(route);
        record.setAction(action);
        record.setCallerGroups(new String[] {group});
        return insert(List.of(record)).getFirst();
    }

    public UUID denied(String caller, String tool, String... rules) {
        return add(caller, tool, "{}", "denied", CALL, rules);
    }

    /// The same under another version of the policy.
    public UUID deniedUnder(long version, String... rules) {
        var record = call("ada", "list_entities", "{}", "denied");
        record.setRules(rules);
        record.setPolicyFacts(JSONB.valueOf(CALL));
        record.setPolicyVersion(version);
        return insert(List.of(record)).getFirst();
    }

    /// Refused before the policy was asked.
    public UUID malformed() {
        var record = record("none");
        record.setRefusal("malformed");
        record.setOutcome("refused");
        return insert(List.of(record)).getFirst();
    }

    /// A call recorded by a version that kept no facts.
    public UUID withoutFacts(String caller, String tool) {
        var record = call(caller, tool, "{}", "allowed");
        return insert(List.of(record)).getFirst();
    }

    /// Many calls of many callers.
    public void many(int count) {
        for (var done = 0; done < count; done += 1_000) {
            var first = done;
            insert(IntStream.range(done, Math.min(count, done + 1_000))
                    .mapToObj(number -> {
                        var record = call(
                                "caller-" + number % 40,
                                number % 3 == 0 ? "upsert_entity" : "list_entities",
                                "{\"blueprint\": \"service\", \"identifier\": \"e%d\", \"page\": \"https://docs.example/%d\"}"
                                        .formatted(number, number + first),
                                "allowed");
                        record.setPolicyFacts(JSONB.valueOf(CALL));
                        return record;
                    })
                    .toList());
        }
    }

    /// What this installation recognizes hidden values by.
    public ValueDigests digests() {
        sql.insertInto(SEAL_KEY)
                .set(SEAL_KEY.KEY, new byte[32])
                .onConflictDoNothing()
                .execute();
        return new ValueDigests(sql.select(SEAL_KEY.KEY).from(SEAL_KEY).fetchSingle(SEAL_KEY.KEY));
    }

    /// The request for a replay of these records.
    public String order(String rest) {
        return "{\"from\": \"%s\", \"to\": \"%s\"%s}".formatted(from, from.plusSeconds(second + 1), rest);
    }

    private UUID add(String caller, String tool, String arguments, String decision, String facts, String... rules) {
        var record = call(caller, tool, arguments, decision);
        record.setRules(rules);
        record.setPolicyFacts(JSONB.valueOf(facts));
        return insert(List.of(record)).getFirst();
    }

    private ExchangesRecord call(String caller, String tool, String arguments, String decision) {
        var record = record(decision);
        record.setOrganization("acme");
        record.setRoute("port-eu");
        record.setEra("modern");
        record.setMethod("tools/call");
        record.setTool(tool);
        record.setCaller(caller);
        record.setCallerKind("api_key");
        record.setCallerGroups(new String[] {"developers"});
        record.setCallerVerified(true);
        record.setPolicyVersion(1L);
        record.setArguments(JSONB.valueOf(arguments));
        return record;
    }

    private ExchangesRecord record(String decision) {
        var record = new ExchangesRecord();
        record.setId(UUID.randomUUID());
        record.setOccurredAt(from.plusSeconds(second++));
        record.setReplica("r1");
        record.setDecision(decision);
        record.setOutcome(decision.equals("denied") ? "denied" : "succeeded");
        return record;
    }

    /// PostgreSQL knows addresses and jOOQ does not.
    private Query insertOne(ExchangesRecord record) {
        return sql.insertInto(EXCHANGES).set(record).set(CLIENT_ADDRESS, DSL.field("inet '203.0.113.7'", String.class));
    }

    private List<UUID> insert(List<ExchangesRecord> records) {
        sql.batch(records.stream().map(this::insertOne).toList()).execute();
        return records.stream().map(ExchangesRecord::getId).toList();
    }
}
