package dev.portcullis.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

class CredentialSettingsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            header             | {"upstreams":["https://mcp.port.io"],"header":"X-Api-Key"}
            port               | {"upstreams":["https://mcp.port.io","http://127.0.0.1:7"],"endpoint":"https://api.getport.io/v1/auth/access_token","clientId":"c"}
            client_credentials | {"upstreams":["https://mcp.port.io:8443"],"endpoint":"http://127.0.0.1:7/token","clientId":"c","scope":"a b","resource":"https://r"}
            """)
    void settingsComeBackAsTheyWere(String kind, String settings) {
        // When
        var credential = settings(kind, settings).with(new Secret("hunter2"));

        // Then
        assertThat(credential.secret().reveal()).isEqualTo("hunter2");
        assertThat(credential.toString()).doesNotContain("hunter2");
        assertThat(CredentialSettings.of(credential)).isEqualTo(settings(kind, settings));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            basic              | {}                                                   | kind
            header             | {"upstreams":["https://u"]} | header
            header             | {"upstreams":["https://u"],"header":"Host"} | header
            header             | {"upstreams":["https://u"],"header":"Mcp-Session-Id"} | header
            header             | {"upstreams":["https://u"],"header":"a b"} | header
            header             | {"upstreams":["https://u"],"header":"X-Key","clientId":"c"} | clientId
            header             | {"upstreams":["https://u"],"header":"X-Key: hunter2"} | header
            port               | {"upstreams":["https://u"],"endpoint":"http://api.getport.io/","clientId":"c"} | endpoint
            port               | {"upstreams":["https://u"],"endpoint":"https://u:hunter2@api.getport.io/","clientId":"c"} | endpoint
            port               | {"upstreams":["https://u"],"endpoint":"https://api.getport.io/"} | clientId
            port               | {"upstreams":["https://u"],"endpoint":"https://api.getport.io/","clientId":["hunter2"]} | clientId
            client_credentials | {"upstreams":["https://u"],"endpoint":"hunter2 hunter2","clientId":"c"} | endpoint
            client_credentials | {"upstreams":["https://u"],"endpoint":"nowhere","clientId":"c"} | endpoint
            header             | {"header":"X-Key"}                                    | upstreams
            header             | {"header":"X-Key","upstreams":[]}                     | upstreams
            header             | {"header":"X-Key","upstreams":"https://u"}            | upstreams
            header             | {"header":"X-Key","upstreams":["https://u/v1"]}       | upstreams
            header             | {"header":"X-Key","upstreams":["https://a:hunter2@u"]}      | upstreams
            header             | {"header":"X-Key","upstreams":["ftp://u"]}            | upstreams
            header             | {"header":"X-Key","upstreams":["*"]}                  | upstreams
            header             | {"header":"X-Key","upstreams":[7]}                    | upstreams
            """)
    void whatIsWrongIsNamed(String kind, String settings, String named) {
        assertThatThrownBy(() -> settings(kind, settings).with(new Secret("hunter2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named + ": ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void upstreamsHaveOneSpelling() {
        var credential = settings("header", "{\"upstreams\":[\"HTTPS://MCP.port.io:443/\"],\"header\":\"X-Key\"}")
                .with(new Secret("hunter2"));
        assertThat(credential.upstreams()).containsExactly("https://mcp.port.io");
    }

    @Test
    void secretOpensWithItsOwnSettingsOnly() throws Exception {
        // Given
        var key = MasterKey.read(MasterKey.generate());
        var own = settings("header", "{\"upstreams\":[\"https://u\"],\"header\":\"X-Key\"}");
        var moved = settings("header", "{\"upstreams\":[\"https://evil\"],\"header\":\"X-Key\"}");
        var reordered = settings("header", "{\"header\": \"X-Key\", \"upstreams\": [\"https://u\"]}");
        var encrypted = key.encrypt("hunter2".getBytes(StandardCharsets.UTF_8), MasterKey.credential("a", own));

        // Then
        assertThat(key.decrypt(encrypted, MasterKey.credential("a", reordered)))
                .asString()
                .isEqualTo("hunter2");
        assertThatThrownBy(() -> key.decrypt(encrypted, MasterKey.credential("a", moved)))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> key.decrypt(encrypted, MasterKey.credential("b", own)))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void headerValueCannotSplitARequest() {
        assertThatThrownBy(() -> settings("header", "{\"upstreams\":[\"https://u\"],\"header\":\"X-Key\"}")
                        .with(new Secret("a\r\nHost: b")))
                .hasMessage("secret: (expected: the value of a header, in printable ASCII)");
    }

    private static CredentialSettings settings(String kind, String json) {
        return new CredentialSettings(kind, (ObjectNode) JSON.readTree(json));
    }
}
