package dev.portcullis.standalone.doctor;

import static dev.portcullis.standalone.doctor.TestInstallation.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;

/// Upstreams that are not well, and what the gateway shows them that they do not accept.
@ExtendWith(WithInstallation.class)
class UpstreamIT {
    private static final String EU_ISSUER = "https://auth.getport.io/";

    private final TestInstallation installation;

    UpstreamIT(TestInstallation installation) {
        this.installation = installation;
    }

    @Test
    void upstreamThatIsDownIsTold() {
        var run = installation.examine("down");
        assertThat(run.problems()).containsExactly("upstream_unreachable");
        assertThat(run.said("upstream_unreachable")).contains(installation.endpointOfNobody() + "/mcp");
    }

    @Test
    void upstreamThatDoesNotAnswerIsNotDown() throws IOException {
        try (var replica = installation.replica(
                "replica-5",
                "limits: {responseHead: 300ms}\nupstreams: {allowedLoopback: [" + installation.silent() + "]}\n")) {
            var run = installation.examineAt("http://127.0.0.1:" + replica.port() + "/mcp/slow");
            assertThat(run.problems()).containsExactly("upstream_too_slow");
        }
    }

    @Test
    void upstreamAtAForbiddenAddressIsTold() {
        assertThat(installation.examine("metadata-service").problems()).containsExactly("upstream_forbidden_address");
    }

    @Test
    void whatIsNoMcpServerIsTold() {
        assertThat(installation.examine("html").problems()).containsExactly("upstream_garbage");
        var run = installation.examine("elsewhere");
        assertThat(run.problems()).containsExactly("upstream_refused");
        assertThat(run.said("upstream_refused")).contains("HTTP 404", "path");
    }

    @Test
    void credentialThatIsMissingIsToldByWhere() throws Exception {
        var key = installation.key("for-missing", json());
        var unnamed = installation.examineWith(key, "bare");
        assertThat(unnamed.problems()).containsExactly("upstream_credential_missing");
        assertThat(unnamed.said("upstream_credential_missing")).contains("the route names none");

        var unstored = installation.examineWith(key, "unstored");
        assertThat(unstored.problems()).containsExactly("upstream_credential_missing");
        assertThat(unstored.said("upstream_credential_missing"))
                .contains("none by the name nowhere", "portcullis credential set nowhere");
    }

    @Test
    void credentialThatIsRefusedIsTold() throws Exception {
        var key = installation.key("for-refused", json());
        var byUpstream = installation.examineWith(key, "refused");
        assertThat(byUpstream.problems()).containsExactly("upstream_credential_refused");
        assertThat(byUpstream.said("upstream_credential_refused")).contains("portcullis credential set header");
        assertThat(installation.examineWith(key, "unrefreshed").problems())
                .containsExactly("upstream_credential_refused");
    }

    @Test
    void credentialOfTheOtherRegionIsTold() throws Exception {
        var run = installation.examineWith(installation.key("for-region", json()), "port-us-machine");
        assertThat(run.problems()).containsExactly("upstream_credential_unavailable", "wrong_region");
        assertThat(run.said("wrong_region")).contains("credential eu is got in Port's region EU", "leads to region US");
    }

    @Test
    void tokenOfTheOtherRegionIsTold() throws Exception {
        var token = installation.issuer().token("https://mcp.port.io/v1", claims -> claims.issuer(EU_ISSUER));
        var run = installation.examineWith(token, "port-us");
        assertThat(run.problems()).containsExactly("upstream_refused_token", "wrong_region");
        assertThat(run.said("wrong_region")).contains("token is of Port's region EU", "leads to region US");
    }

    @Test
    void upstreamThatWantsASignInIsToldFromTheGateway() {
        var run = installation.examine("port-us");
        assertThat(run.problems()).containsExactly("upstream_wants_sign_in");
        assertThat(run.said("upstream_wants_sign_in")).contains("mcp.us.port.io");
    }

    @Test
    void upstreamThatKnowsAndRefusesIsTold() throws Exception {
        var run = installation.examineWith("opaque-0123456789", "forbidden");
        assertThat(run.problems()).containsExactly("upstream_refused_token");
        assertThat(run.said("upstream_refused_token")).contains("403");
    }
}
