package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AddressSettings.ForwardingHeader;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.secrets.ApiKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What those hear who may not connect whoever they are, and those who might if they said who they are.
class OutsideNetworksTest {
    private static final String INSIDE = "X-Forwarded-For: 198.51.100.7";
    private static final String OUTSIDE = "X-Forwarded-For: 203.0.113.7";
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        upstream.answersWith(Calls.ANSWER);
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  office: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  mostly: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  confined: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  passing: {upstream: "http://127.0.0.1:%1$d/v1", authentication: passthrough}
                rules:
                  - {id: office-only, match: {routes: [office, passing]}, allowedNetworks: [198.51.100.0/24]}
                  - {id: but-developers, match: {routes: [mostly]}, except: {groups: [developers]}, allowedNetworks: [198.51.100.0/24]}
                  - {id: developers-only, match: {routes: [confined], groups: [developers]}, allowedNetworks: [198.51.100.0/24]}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.empty(),
                IdentitySettings.none(),
                new AddressSettings(
                        List.of(Network.parse("127.0.0.0/8").orElseThrow()), ForwardingHeader.X_FORWARDED_FOR, false));
        key = proxy.addKey("dev", null, new String[0], null).reveal();
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .until(() -> call("office", INSIDE, Calls.bearer(key)).status() == 200);
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void answer() {
        upstream.answersWith(Calls.ANSWER);
    }

    @AfterEach
    void release() {
        proxy.releaseKills();
    }

    @Test
    void strangersOutsideHearTheRuleAndNotToSignIn() throws Exception {
        // When
        var answers = Stream.of(
                        "X-Nothing: 1",
                        Calls.bearer(ApiKey.generate().reveal()),
                        Calls.bearer("nonsense"),
                        "Authorization: Basic YTpi",
                        Calls.bearer(key))
                .map(credential -> call("office", OUTSIDE, credential))
                .toList();

        // Then
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("www-authenticate")).isEmpty();
            assertThat(rules(answer)).containsExactly("office-only");
        });
        assertThat(answers.stream().map(OutsideNetworksTest::withoutExchange).distinct())
                .as("nobody learns which key is good")
                .hasSize(1);
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void strangersInsideAreToldToSignIn() {
        assertThat(call("office", INSIDE, "X-Nothing: 1").status()).isEqualTo(401);
        assertThat(call("office", INSIDE, Calls.bearer(ApiKey.generate().reveal()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whoMayBeLetInForItsGroupsIsToldToSignIn() {
        // Then a stranger may be one of them
        assertThat(call("mostly", OUTSIDE, "X-Nothing: 1").status()).isEqualTo(401);
        assertThat(call("mostly", OUTSIDE, Calls.bearer(ApiKey.generate().reveal()))
                        .status())
                .isEqualTo(401);
        assertThat(call("mostly", OUTSIDE, Calls.bearer(key)).status()).isEqualTo(200);
    }

    @Test
    void ruleForAGroupSaysNothingToStrangers() {
        assertThat(call("confined", OUTSIDE, "X-Nothing: 1").status()).isEqualTo(401);
        var member = call("confined", OUTSIDE, Calls.bearer(key));
        assertThat(member.status()).isEqualTo(403);
        assertThat(rules(member)).containsExactly("developers-only");
    }

    @Test
    void networksHoldOnPassthroughRoutesToo() {
        for (var credential : List.of("X-Nothing: 1", Calls.bearer("opaque"), Calls.bearer(key))) {
            var answer = call("passing", OUTSIDE, credential);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("www-authenticate")).isEmpty();
        }
        assertThat(upstream.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void killOfTheOrganizationNeedsNoSigningIn(String method) throws Exception {
        // Given
        proxy.kill("{}", "stop all");

        // When
        var request = method.equals("POST")
                ? Calls.post("mostly", INSIDE)
                : Calls.get("mostly", INSIDE).replaceFirst("GET", method);
        var answer = proxy.exchange(request);

        // Then
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("www-authenticate")).isEmpty();
        assertThat(answer.body()).contains("stop all");
    }

    private static String[] rules(RawMessage answer) {
        return (String[])
                proxy.record(answer.header("portcullis-exchange").orElseThrow()).get("rules");
    }

    private static String withoutExchange(RawMessage answer) {
        return answer.body().replace(answer.header("portcullis-exchange").orElseThrow(), "");
    }

    private static RawMessage call(String route, String... headers) {
        try {
            return proxy.exchange(Calls.post(route, headers));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
