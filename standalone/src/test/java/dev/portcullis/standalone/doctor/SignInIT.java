package dev.portcullis.standalone.doctor;

import static dev.portcullis.standalone.doctor.TestInstallation.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Instant;
import java.util.Date;

/// Keys and tokens that do not open the door, and those that do.
@ExtendWith(WithInstallation.class)
class SignInIT {
    private final TestInstallation installation;

    SignInIT(TestInstallation installation) {
        this.installation = installation;
    }

    @Test
    void whoShowsNothingIsNotSignedIn() {
        var run = installation.examine("keyed");
        assertThat(run.problems()).containsExactly("no_credential");
        assertThat(run.said("no_credential")).contains("not signed in", "--token-file");
    }

    @Test
    void goodKeyIsToldWithItsHolder() throws Exception {
        var key =
                installation.key("good", json().set("groups", json().arrayNode().add("bots")));
        var run = installation.examineWith(key, "keyed");
        assertThat(run.problems()).isEmpty();
        assertThat(run.said("signed_in")).contains("key:good of bots, at 127.0.0.1");
        assertThat(run.out()).doesNotContain(key);
    }

    @Test
    void revokedKeyIsToldFromAnUnknownOne() throws Exception {
        // Given
        var key = installation.key("revoked", json());
        installation.revoke("revoked");

        // When
        var run = installation.examineWith(key, "keyed");

        // Then
        assertThat(run.problems()).containsExactly("key_revoked");
        assertThat(run.said("key_revoked")).contains("API key revoked (pck_", "portcullis key create");
    }

    @Test
    void keyThatEndedIsTold() throws Exception {
        // Given a key that is about to end
        var end = Instant.now().plusMillis(1500);
        var key = installation.key("short", json().put("expiresAt", end.toString()));
        await().until(() -> Instant.now().isAfter(end));

        // Then
        assertThat(installation.examineWith(key, "keyed").problems()).containsExactly("key_expired");
    }

    @Test
    void keyOfAnotherRouteIsTold() throws Exception {
        var key = installation.key(
                "elsewhere", json().set("routes", json().arrayNode().add("staff")));
        var run = installation.examineWith(key, "keyed");
        assertThat(run.problems()).containsExactly("key_for_other_routes");
        assertThat(run.said("key_for_other_routes")).contains("staff", "--route keyed");
    }

    @Test
    void keyOfAnotherNetworkIsToldWithTheAddressTheGatewaySees() throws Exception {
        var key = installation.key(
                "office", json().set("networks", json().arrayNode().add("203.0.113.0/24")));
        var run = installation.examineWith(key, "keyed");
        assertThat(run.problems()).containsExactly("key_for_other_networks");
        assertThat(run.said("key_for_other_networks")).contains("203.0.113.0/24", "127.0.0.1", "proxy.trustedProxies");
    }

    @Test
    void unknownWrongAndCutOffKeysAreToldApart() throws Exception {
        var key = installation.key("whole", json());
        assertThat(installation
                        .examineWith("pck_aaaaaaaaaaaa_" + key.substring(17), "keyed")
                        .problems())
                .containsExactly("key_unknown");
        assertThat(installation
                        .examineWith(key.substring(0, 17) + "A".repeat(43), "keyed")
                        .problems())
                .containsExactly("key_wrong");
        assertThat(installation.examineWith(key.substring(0, 40), "keyed").problems())
                .containsExactly("key_incomplete");
    }

    @Test
    void withoutAConsoleAKeyIsJustNotAccepted() throws Exception {
        var run = DoctorRun.of(
                installation.endpoint("keyed"),
                "--token-file",
                installation.tokenFile("pck_aaaaaaaaaaaa_" + "A".repeat(43)));
        assertThat(run.problems()).containsExactly("key_not_accepted");
        assertThat(run.codes("skipped")).containsExactly("console_absent");
    }

    @Test
    void goodTokenIsLetIn() throws Exception {
        var run = installation.examineWith(token("keyed"), "keyed");
        assertThat(run.problems()).isEmpty();
        assertThat(run.said("signed_in")).contains("corp:alice of developers");
    }

    @Test
    void tokenOfAnotherAudienceIsToldWithBoth() throws Exception {
        var run = installation.examineWith(token("staff"), "keyed");
        assertThat(run.problems()).containsExactly("wrong_audience");
        assertThat(run.said("wrong_audience"))
                .contains("meant for " + installation.endpoint("staff"), "which is " + installation.endpoint("keyed"));
    }

    @Test
    void tokenOfAnotherIssuerIsTold() throws Exception {
        var token = installation
                .issuer()
                .token(installation.endpoint("keyed"), claims -> claims.issuer("https://login.other.example"));
        var run = installation.examineWith(token, "keyed");
        assertThat(run.problems()).containsExactly("wrong_issuer");
        assertThat(run.said("wrong_issuer")).contains("https://login.other.example", "proxy.identity.issuers");
    }

    @Test
    void expiredTokenIsToldWithItsTime() throws Exception {
        var end = Instant.parse("2026-01-02T03:04:05Z");
        var token = installation
                .issuer()
                .token(installation.endpoint("keyed"), claims -> claims.expirationTime(Date.from(end)));
        var run = installation.examineWith(token, "keyed");
        assertThat(run.problems()).containsExactly("token_expired");
        assertThat(run.said("token_expired")).contains("expired, at 2026-01-02T03:04:05Z", "clock");
    }

    @Test
    void tokenOfTheFutureIsNotAnExpiredOne() throws Exception {
        var begin = Instant.now().plusSeconds(250);
        var token = installation
                .issuer()
                .token(installation.endpoint("keyed"), claims -> claims.notBeforeTime(Date.from(begin)));
        var run = installation.examineWith(token, "keyed");
        assertThat(run.problems()).containsExactly("token_expired");
        assertThat(run.said("token_expired")).contains("not good yet");
    }

    @Test
    void forgedTokenIsTold() throws Exception {
        var other = new RSAKeyGenerator(2048).keyID("1").generate();
        var token = installation.issuer().token(other, installation.endpoint("keyed"), claims -> {});
        assertThat(installation.examineWith(token, "keyed").problems()).containsExactly("token_not_accepted");
    }

    @Test
    void whatIsNoTokenIsTold() throws Exception {
        assertThat(installation.examineWith("opaque-0123456789", "keyed").problems())
                .containsExactly("token_malformed");
    }

    @Test
    void issuerThatIsAwayIsNotABadToken() throws Exception {
        var gone = installation.endpointOfNobody();
        var token = installation.issuer().token(installation.endpoint("keyed"), claims -> claims.issuer(gone));
        var run = installation.examineWith(token, "keyed");
        assertThat(run.problems()).containsExactly("issuer_unreachable");
        assertThat(run.said("issuer_unreachable")).contains(gone);
    }

    @Test
    void keyOfTheGatewayIsNotForPassthrough() throws Exception {
        assertThat(installation
                        .examineWith("pck_aaaaaaaaaaaa_" + "A".repeat(43), "forbidden")
                        .problems())
                .containsExactly("key_not_forwarded");
    }

    private String token(String route) throws Exception {
        return installation.issuer().token(installation.endpoint(route), claims -> {});
    }
}
