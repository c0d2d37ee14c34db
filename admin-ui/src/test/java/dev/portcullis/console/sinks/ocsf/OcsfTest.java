package dev.portcullis.console.sinks.ocsf;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.sinks.Gap;
import dev.portcullis.console.sinks.PlacedEvent;
import dev.portcullis.console.trail.PlacedCall;
import dev.portcullis.console.trail.Places;
import dev.portcullis.console.trail.Portion;
import dev.portcullis.console.trail.query.TrailQuery;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// What OCSF 1.6 requires of each class and object is there, and says what the record says.
class OcsfTest {
    private static final OffsetDateTime NOON = OffsetDateTime.of(2026, 11, 22, 12, 0, 0, 5_000_000, ZoneOffset.UTC);
    private static final List<String> REQUIRED =
            List.of("activity_id", "category_uid", "class_uid", "type_uid", "severity_id", "time", "metadata");

    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void refusalsThatWereOnlyCountedAreOneEventWithACount() {
        // Given
        var refused = recorded(row -> {
            row.setDecision("none");
            row.setOutcome("refused");
            row.setRefusal("not_recordable");
            row.setHttpStatus(503);
            row.setExchanges(5_000L);
        });

        // When
        var body = OcsfToolCall.of(refused).body();

        // Then
        assertRequired(body, "actor", "api", "src_endpoint");
        assertThat(body.path("count").asLong()).isEqualTo(5_000);
        assertThat(body.path("status_code").asString()).isEqualTo("not_recordable");
        assertThat(body.path("disposition").asString()).isEqualTo("Blocked");
        assertThat(body.path("unmapped").has("exchanges")).isFalse();
    }

    @Test
    void wholeCallIsAnApiActivity() {
        // Given
        var call = recorded(row -> {
            row.setRoute("port-eu");
            row.setMethod("tools/call");
            row.setTool("delete_entity");
            row.setToolClass("delete");
            row.setCaller("corp:ada");
            row.setCallerKind("token");
            row.setCallerGroups(new String[] {"ops"});
            row.setClientName("inspector");
            row.setSessionHash("abc");
            row.setRequestId("7");
            row.setOrganization("acme");
            row.setDecision("denied");
            row.setOutcome("denied");
            row.setRules(new String[] {"no-deletes"});
            row.setPolicyVersion(4L);
            row.setHttpMethod("POST");
            row.setHttpStatus(200);
            row.setLatencyMicros(2_500L);
            row.setArguments(JSONB.valueOf("{\"id\": 1}"));
        });

        // When
        var event = OcsfToolCall.of(call);

        // Then
        var body = event.body();
        assertRequired(body, "actor", "api", "src_endpoint");
        assertNumbers(body, 6003, 6, 4, 2);
        assertThat(body.path("time").asLong()).isEqualTo(NOON.toInstant().toEpochMilli());
        assertThat(body.at("/api/operation").asString()).isEqualTo("delete_entity");
        assertThat(body.at("/api/service/name").asString()).isEqualTo("port-eu");
        assertThat(body.at("/api/request/uid").asString()).isEqualTo("7");
        assertThat(body.at("/actor/user/uid").asString()).isEqualTo("corp:ada");
        assertThat(body.at("/actor/user/groups/0/name").asString()).isEqualTo("ops");
        assertThat(body.at("/metadata/uid").asString()).isEqualTo(event.uid());
        assertThat(body.at("/metadata/sequence").asLong()).isEqualTo(1);
        assertThat(body.at("/metadata/tenant_uid").asString()).isEqualTo("acme");
        assertThat(body.at("/http_response/code").asInt()).isEqualTo(200);
        assertThat(body.path("action_id").asInt()).isEqualTo(2);
        assertThat(body.path("disposition_id").asInt()).isEqualTo(2);
        assertThat(body.at("/policy/name").asString()).isEqualTo("no-deletes");
        assertThat(body.path("duration").asInt()).isEqualTo(2);
        assertThat(body.at("/unmapped/tool_class").asString()).isEqualTo("delete");
        assertThat(body.at("/unmapped/arguments/id").asInt()).isEqualTo(1);
        assertThat(body.at("/unmapped/chain").asString()).isEqualTo(call.chain().toString());
    }

    @Test
    void exchangeOfWhichNothingIsKnownHasAllThatIsRequired() {
        var body = OcsfToolCall.of(recorded(row -> {
                    row.setDecision("none");
                    row.setOutcome("refused");
                    row.setRefusal("malformed");
                }))
                .body();

        assertRequired(body, "actor", "api", "src_endpoint");
        assertNumbers(body, 6003, 6, 0, 2);
        assertThat(body.at("/api/operation").asString()).isEqualTo("unknown");
        assertThat(body.at("/actor/user/name").asString()).isEqualTo("anonymous");
        assertThat(body.at("/src_endpoint/name").asString()).isEqualTo("unknown");
        assertThat(body.path("action_id").asInt()).isEqualTo(2);
        assertThat(body.path("unmapped").propertyNames()).doesNotContain("arguments", "tool_class");
    }

    @ParameterizedTest
    @CsvSource({
        "allowed, succeeded, 1, 1",
        "allowed, tool_error, 1, 2",
        "allowed, unknown, 1, 0",
        "undecided, refused, 2, 2",
        "none, succeeded, 0, 1",
    })
    void decisionAndOutcomeAreToldApart(String decision, String outcome, int action, int status) {
        var body = OcsfToolCall.of(recorded(row -> {
                    row.setDecision(decision);
                    row.setOutcome(outcome);
                }))
                .body();

        assertThat(body.path("action_id").asInt()).isEqualTo(action);
        assertThat(body.path("status_id").asInt()).isEqualTo(status);
    }

    @Test
    void signingInIsAnAuthentication() {
        var body = admin(AdminEvent.of("ada", AdminEvent.SIGN_IN_FAILED));

        assertRequired(body, "user", "service");
        assertNumbers(body, 3002, 3, 1, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "policy.published, 1",
        "audit.exported, 2",
        "policy.restored, 3",
        "api_key.revoked, 4",
        "audit.part_dropped, 4",
        "sink.gap, 99",
    })
    void whatAdminsDoIsEntityManagement(String event, int activity) {
        var body = admin(AdminEvent.of("ada", event).about("one").with(Map.of("reason", "because")));

        assertRequired(body, "entity");
        assertThat(body.path("class_uid").asInt()).isEqualTo(3004);
        assertThat(body.path("activity_id").asInt()).isEqualTo(activity);
        assertThat(body.path("type_uid").asInt()).isEqualTo(300_400 + activity);
        assertThat(body.at("/entity/name").asString()).isEqualTo("one");
        assertThat(body.at("/unmapped/detail/reason").asString()).isEqualTo("because");
    }

    @Test
    void gapIsAnEventOfItsOwn() {
        var body = OcsfGap.of(new Gap(UUID.randomUUID(), 3, 9, Optional.empty()), NOON)
                .body();

        assertRequired(body);
        assertNumbers(body, 0, 0, 99, 2);
        assertThat(body.path("severity_id").asInt()).isEqualTo(4);
        assertThat(body.at("/unmapped/last").asLong()).isEqualTo(9);
        assertThat(body.at("/unmapped/cause").asString()).isEqualTo("loss");
        assertThat(body.path("message").asString()).contains("they are lost");
    }

    private static JsonNode admin(AdminEvent event) {
        return OcsfAdminEvent.of(new PlacedEvent(1, UUID.randomUUID(), NOON, event))
                .body();
    }

    private static void assertRequired(JsonNode body, String... ofItsClass) {
        assertThat(body.propertyNames()).containsAll(REQUIRED).containsAll(List.of(ofItsClass));
        assertThat(body.at("/metadata/version").asString()).isEqualTo("1.6.0");
        assertThat(body.at("/metadata/product/vendor_name").asString()).isNotEmpty();
        assertThat(body.at("/metadata/product/name").asString()).isNotEmpty();
    }

    private static void assertNumbers(JsonNode body, int classUid, int category, int activity, int status) {
        assertThat(body.path("class_uid").asInt()).isEqualTo(classUid);
        assertThat(body.path("category_uid").asInt()).isEqualTo(category);
        assertThat(body.path("activity_id").asInt()).isEqualTo(activity);
        assertThat(body.path("type_uid").asInt()).isEqualTo(classUid * 100 + activity);
        assertThat(body.path("status_id").asInt()).isEqualTo(status);
    }

    private static PlacedCall recorded(Consumer<ExchangesRecord> fields) {
        var row = new ExchangesRecord();
        row.setId(UUID.randomUUID());
        row.setOccurredAt(NOON);
        row.setReplica("replica-1");
        row.setChain(UUID.randomUUID());
        row.setSequence(1L);
        row.setHash(new byte[32]);
        fields.accept(row);
        DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .insertInto(EXCHANGES)
                .set(row)
                .execute();
        return new TrailQuery(database.dataSource())
                .after(
                        Places.beginning(),
                        new Places(Map.of(Optional.ofNullable(row.getChain()).orElseThrow(), 1L)),
                        new Portion(1, 1, true))
                .getFirst();
    }
}
