package dev.portcullis.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.database.TestDatabase;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Keeping;
import dev.portcullis.policy.Keeping.Keep;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PointerPattern;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.PolicyInput.CallerFacts;
import dev.portcullis.policy.PolicyInput.ClientFacts;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import dev.portcullis.policy.recorded.FactsWriter;
import dev.portcullis.policy.recorded.Reconstruction.Answer;
import dev.portcullis.policy.recorded.RecordedExchange;
import dev.portcullis.proxy.http.ShownCredential;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/// The promise of the audit trail: what is recorded of a question is decided like the question itself, or
/// it is said that it cannot be; redaction never changes an answer.
class RecordedQuestionTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);
    private static final String TOKEN = "ghp_abcdefghijklmnop1234";
    private static final String SHOWN = "Bearer-of-this-call";

    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "password",
            List.of("\"hunter2\"", "\"other\"", "5", "5.0", "[\"hunter2\"]", "{\"x\": 1}", "\"\"", "null", "true"),
            "note",
            List.of(
                    "\"see " + TOKEN + "\"",
                    "\"plain\"",
                    "\"https://user:pw@pastebin.com/x\"",
                    "\"https://www.pastebin.com/?token=abc\"",
                    "\"https://a.example." + TOKEN + "\"",
                    "\"mine: " + SHOWN + "\"",
                    "\"a\\u0000b\"",
                    "\"\\ud800\""),
            "config",
            List.of(
                    "{\"token\": \"t0p\", \"zone\": \"eu\"}",
                    "{}",
                    "{\"" + TOKEN + "\": 1, \"token\": \"t0p\", \"zone\": \"eu\"}",
                    "{\"credentials\": {\"zone\": \"eu\"}, \"zone\": [\"" + TOKEN + "\"]}"),
            "list",
            List.of("[\"a\", \"" + TOKEN + "\"]", "[\"b\"]", "[[\"" + TOKEN + "\"], {\"a\": \"" + TOKEN + "\"}]"),
            "count",
            List.of("1e5", "100000", "1.50", "1E+400000", "-0", "-0.0", "0.0000001"),
            "webhook_secret",
            List.of("\"https://hooks.pastebin.com/x\"", "\"https://a.example/y\"", "[\"http://pastebin.com\"]"),
            "actionIdentifier",
            List.of("\"deploy\"", "\"rollback\"", "5", "[\"deploy\"]"));

    private static final String[] CONDITIONS = {
        "/password: [hunter2, 5]",
        "/password: {matches: '^hunter'}",
        "/password: {absent: true}",
        "/password/x: [1]",
        "/password/0: {absent: true}",
        "/note: ['see " + TOKEN + "', plain]",
        "/note: {matches: 'ghp_|mine'}",
        "/config/token: [t0p]",
        "/config/zone: [eu]",
        "/config/credentials/zone: [eu]",
        "/config: {absent: true}",
        "/config/token: {absent: true}",
        "/list: [a, " + TOKEN + "]",
        "/list: {matches: ghp}",
        "/list/1: ['" + TOKEN + "']",
        "/count: [100000, 1.5, 0]",
        "/count: {matches: '^1E'}",
        "/count: {matches: '^100|^0|^-'}",
        "/long: {matches: 'xxx$'}",
        "/long: {absent: true}"
    };

    private static TestDatabase database;

    private final AskedFacts asked = new AskedFacts(DIGESTS);
    private Keeping keeping = Keeping.USUAL;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @RepeatedTest(10)
    void recordIsDecidedLikeTheCallOrNotAtAll(RepetitionInfo repetition) {
        // Given
        var random = new Random(7L * repetition.getCurrentRepetition());
        keeping = switch (repetition.getCurrentRepetition() % 3) {
            case 0 -> hiding(Keep.NOTHING);
            case 1 -> hiding(Keep.DIGEST);
            default -> Keeping.USUAL;
        };
        var inForce = document(random);
        var draft = document(random);
        var engine = EmbeddedDecisionPoint.compile(draft, 2, List.of(), 1);
        var decided = 0;

        for (var i = 0; i < 60; i++) {
            var input = input(random);
            var live = engine.decide(input).value();

            // When
            var again = recorded(inForce, input)
                    .reconstruct(Optional.of(DIGESTS))
                    .ask(asking -> engine.decide(asking).value());

            // Then
            if (again instanceof Answer.Decided(var decision)) {
                decided++;
                assertThat(refusals(live)).as("%s under %s", input, draft).containsAll(refusals(decision));
                assertThat(refusals(decision).isEmpty())
                        .as("%s", input)
                        .isEqualTo(refusals(live).isEmpty());
            }
        }
        assertThat(decided).isGreaterThan(10);
    }

    @RepeatedTest(6)
    void recordIsAlwaysDecidedUnderThePolicyThatWasInForce(RepetitionInfo repetition) {
        // Given
        var random = new Random(70L + repetition.getCurrentRepetition());
        keeping = repetition.getCurrentRepetition() % 2 == 0 ? hiding(Keep.DIGEST) : Keeping.USUAL;
        var inForce = document(random);
        var engine = EmbeddedDecisionPoint.compile(inForce, 1, List.of(), 1);

        for (var i = 0; i < 60; i++) {
            var input = input(random);

            // When
            var again = recorded(inForce, input)
                    .reconstruct(Optional.of(DIGESTS))
                    .ask(asking -> engine.decide(asking).value());

            // Then
            assertThat(again)
                    .as("%s under %s", input, inForce)
                    .isInstanceOfSatisfying(
                            Answer.Decided.class,
                            answer -> assertThat(refusals(answer.decision()))
                                    .isEqualTo(refusals(engine.decide(input).value())));
        }
    }

    @Test
    void otherKeyDecidesNothingThatIsHidden() {
        // Given
        var draft = read("  - {id: r, match: {arguments: {/password: [hunter2]}}, deny: true}\n");
        var engine = EmbeddedDecisionPoint.compile(draft, 1, List.of(), 1);
        var record = recorded(read("  - {id: r, deniedTools: [x]}\n"), call("{\"password\": \"hunter2\"}"));

        // When
        var sameKey = record.reconstruct(Optional.of(DIGESTS))
                .ask(asking -> engine.decide(asking).value());
        var otherKey = record.reconstruct(Optional.of(new ValueDigests(new byte[] {1})))
                .ask(asking -> engine.decide(asking).value());

        // Then
        assertThat(sameKey).isInstanceOf(Answer.Decided.class);
        assertThat(otherKey)
                .isInstanceOfSatisfying(
                        Answer.Unknown.class,
                        answer ->
                                assertThat(answer.reason()).contains("depends on arguments that the record hides: r"));
    }

    @Test
    void expressionThatNobodyAskedThenIsNotGuessed() {
        // Given
        var draft = read("  - {id: r, match: {arguments: {/password: {matches: hunter}}}, deny: true}\n");
        var engine = EmbeddedDecisionPoint.compile(draft, 1, List.of(), 1);

        // When
        var answer = recorded(read("  - {id: r, deniedTools: [x]}\n"), call("{\"password\": \"hunter2\"}"))
                .reconstruct(Optional.of(DIGESTS))
                .ask(asking -> engine.decide(asking).value());

        // Then
        assertThat(answer).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void factsHoldNoSecret() {
        // Given
        var secrets = List.of("hunter2", TOKEN, "t0ps3cret", "pastebin", SHOWN);
        var arguments = "{\"password\": \"hunter2\", \"note\": \"see %s and %s\", \"token\": {\"a\": \"t0ps3cret\"},"
                        .formatted(TOKEN, SHOWN)
                + " \"%s\": {\"%s\": \"%s\"}, \"api_key\": \"https://pastebin.com/hunter2\"}"
                        .formatted(TOKEN, SHOWN, TOKEN);

        // When
        var record = recorded(
                read("  - {id: r, match: {arguments: {/password: {matches: 'h.n'}}}, deny: true}\n"), call(arguments));

        // Then
        assertThat(record.factsJson().orElseThrow()).doesNotContain(secrets);
        assertThat(record.argumentsJson().orElseThrow()).doesNotContain(secrets);
    }

    private static List<String> refusals(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> List.of();
            case Decision.Deny deny -> deny.rules();
            case Decision.Undecided undecided -> throw new AssertionError(undecided.reason());
        };
    }

    private static Keeping hiding(Keep keep) {
        return new Keeping(
                List.of(new Keeping.Hiding(
                        "private",
                        List.of(
                                new PointerPattern("/note"),
                                new PointerPattern("/config/*"),
                                new PointerPattern("/list/1"),
                                new PointerPattern("/count")),
                        List.of(),
                        keep)),
                OptionalInt.empty());
    }

    /// As the database gives it back.
    private RecordedExchange recorded(PolicyDocument inForce, PolicyInput input) {
        var shown = new ShownCredential(Optional.of(SHOWN));
        var call = input.question() instanceof Question.ToolCall toolCall ? toolCall : null;
        var arguments = Optional.ofNullable(call)
                .map(known -> asked.arguments(known.argumentsJson(), shown, Optional.of(keeping)));
        var facts = asked.facts(inForce, input, arguments, shown);
        return new RecordedExchange(
                input.exchange(),
                input.time(),
                Optional.of(input.organization()),
                Optional.of(input.route()),
                Optional.of("tools/call"),
                Optional.ofNullable(call).map(known -> known.tool().name()),
                input.caller().subject(),
                Optional.of(input.caller().kind()),
                input.caller().groups(),
                input.caller().verified(),
                input.client().name(),
                input.client().version(),
                Optional.of(input.client().address()),
                "allowed",
                List.of(),
                OptionalLong.of(1),
                arguments.map(kept -> stored(kept.json())),
                Optional.of(stored(FactsWriter.write(facts))));
    }

    private static String stored(String json) {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .fetchSingle("select cast({0} as jsonb)::text", DSL.val(json))
                .get(0, String.class);
    }

    private static PolicyDocument document(Random random) {
        var rules = new StringBuilder();
        for (var i = 0; i < 5; i++) {
            rules.append("  - {id: r%d%s}%n".formatted(i, rule(random)));
        }
        return read(rules.toString());
    }

    private static String rule(Random random) {
        var text = new StringBuilder(random.nextInt(8) == 0 ? ", mode: observe" : "");
        if (random.nextInt(4) > 0) {
            text.append(", match: {arguments: {")
                    .append(pick(random, CONDITIONS))
                    .append("}}");
        }
        if (random.nextInt(3) == 0) {
            text.append(", except: {arguments: {")
                    .append(pick(random, CONDITIONS))
                    .append("}}");
        }
        return text + ", "
                + pick(
                        random,
                        "deny: true",
                        "deny: true",
                        "readOnly: true",
                        "allowedActions: [deploy]",
                        "allowedDomains: [a.example, '*.pastebin.com']",
                        "blockedDomains: [pastebin.com]",
                        "blockedDomains: ['*.pastebin.com']");
    }

    private static PolicyDocument read(String rules) {
        return switch (DocumentReader.read("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  port-eu: {upstream: sandbox, profile: port}
                rules:
                """ + rules)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors() + rules);
        };
    }

    private static PolicyInput input(Random random) {
        var members = new ArrayList<String>();
        ARGUMENTS.forEach((key, values) -> {
            if (random.nextBoolean()) {
                members.add("\"" + key + "\": " + values.get(random.nextInt(values.size())));
            }
        });
        if (random.nextInt(12) == 0) {
            members.add("\"long\": \"" + "x".repeat(70_000) + "\"");
        }
        return call("{" + String.join(", ", members) + "}");
    }

    private static PolicyInput call(String arguments) {
        return new PolicyInput(
                new UUID(0, 1),
                "acme",
                Instant.parse("2026-11-22T12:00:00Z"),
                "port-eu",
                new CallerFacts(Optional.of("ada"), "api_key", List.of("developers"), true),
                new ClientFacts(Optional.of("cursor"), Optional.empty(), InetAddress.ofLiteral("203.0.113.7")),
                Wishes.none(),
                new Question.ToolCall("tools/call", ListedTool.unseen("run_action"), arguments));
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
