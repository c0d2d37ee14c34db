package dev.portcullis.standalone.doctor;

import static dev.portcullis.standalone.doctor.TestInstallation.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who is kept out by the policy, and which tools it hides.
@ExtendWith(WithInstallation.class)
class PolicyIT {
    private final TestInstallation installation;

    PolicyIT(TestInstallation installation) {
        this.installation = installation;
    }

    @Test
    void wrongNetworkIsToldWithTheRightOnesAndTheAddress() {
        var run = installation.examine("fenced");
        assertThat(run.problems()).containsExactly("network_not_allowed");
        assertThat(run.said("network_not_allowed"))
                .contains("Rule office allows 203.0.113.0/24 only", "at 127.0.0.1", "VPN", "proxy.trustedProxies");
    }

    @Test
    void withoutAConsoleTheRuleIsNamed() {
        var run = DoctorRun.of(installation.endpoint("fenced"));
        assertThat(run.problems()).containsExactly("connection_denied");
        assertThat(run.said("connection_denied")).contains("office", "--url");
    }

    @Test
    void ruleThatLetsOnlyOthersInIsToldWithItsOwnersWords() throws Exception {
        var key = installation.key("stranger", json());
        var run = installation.examineWith(key, "staff");
        assertThat(run.problems()).containsExactly("connection_denied");
        assertThat(run.said("connection_denied"))
                .contains("Rule employees (deny) does not let", "Its owner says: Staff only.");
    }

    @Test
    void engagedKillIsToldWithItsReason() {
        // Given
        var order = json().put("reason", "incident 7").put("message", "Back at noon.");
        order.putObject("scope").putArray("routes").add("killable");
        var id = installation.kill(order).path("id").asString();

        // When
        var run = installation.examine("killable");
        installation.client().delete("kills/" + id);

        // Then
        assertThat(run.problems()).containsExactly("killed");
        assertThat(run.said("killed")).contains("Back at noon.", "because: incident 7", "portcullis release " + id);
    }

    @Test
    void hiddenToolsAreToldByTheRuleThatHidesThem() {
        var run = installation.examine("port-eu");
        assertThat(run.problems()).isEmpty();
        assertThat(run.codes("ok")).contains("gateway_answers", "tools_listed");
        assertThat(run.said("tools_hidden"))
                .contains("rule read-only (Ask the platform team.)", "delete_entity", "run_action", "upsert_blueprint")
                .doesNotContain("list_entities");
    }

    @Test
    void nothingIsHiddenWhereNothingIsForbidden() {
        var run = installation.examine("everything");
        assertThat(run.problems()).isEmpty();
        assertThat(run.codes("warning")).isEmpty();
    }

    @Test
    void noToolAtAllIsAProblemAndToldByItsRule() {
        var run = installation.examine("blind");
        assertThat(run.problems()).containsExactly("no_tools");
        assertThat(run.said("tools_hidden")).contains("rule nothing", "list_entities", "delete_entity");
    }

    @Test
    void toolsThatTheUpstreamDoesNotOfferAreNotThePolicys() {
        var run = installation.examine("empty");
        assertThat(run.problems()).containsExactly("no_tools");
        assertThat(run.said("tools_not_offered")).contains("not offered by the upstream", "list_entities");
        assertThat(run.codes("warning")).isEmpty();
    }

    @Test
    void toolsAreReadFromJsonFromStreamsAndInTheModernEra() {
        installation.upstream().methods().clear();
        assertThat(installation.examine("json").said("tools_listed")).startsWith("There are 2 tools.");
        assertThat(installation.upstream().methods())
                .containsExactly("initialize", "notifications/initialized", "tools/list", "tools/list", "DELETE");
        assertThat(installation.examine("streamed").said("tools_listed")).startsWith("There are 2 tools.");
        assertThat(installation.examine("modern").said("tools_listed")).startsWith("There is 1 tool.");
    }
}
