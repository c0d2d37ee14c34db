package dev.portcullis.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CredentialSettingsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            header             | {"header":"X-Api-Key"}
            port               | {"endpoint":"https://api.getport.io/v1/auth/access_token","clientId":"c"}
            client_credentials | {"endpoint":"http://127.0.0.1:7/token","clientId":"c","scope":"a b","resource":"https://r"}
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
            header             | {}                                                   | header
            header             | {"header":"Host"}                                    | header
            header             | {"header":"Mcp-Session-Id"}                          | header
            header             | {"header":"a b"}                                     | header
            header             | {"header":"X-Key","clientId":"c"}                    | clientId
            port               | {"endpoint":"http://api.getport.io/","clientId":"c"} | endpoint
            port               | {"endpoint":"https://u:p@api.getport.io/","clientId":"c"} | endpoint
            port               | {"endpoint":"https://api.getport.io/"}               | clientId
            port               | {"endpoint":"https://api.getport.io/","clientId":7}  | clientId
            client_credentials | {"endpoint":"nowhere","clientId":"c"}                | endpoint
            """)
    void whatIsWrongIsNamed(String kind, String settings, String named) {
        assertThatThrownBy(() -> settings(kind, settings).with(new Secret("hunter2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named + ": ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void headerValueCannotSplitARequest() {
        assertThatThrownBy(() -> settings("header", "{\"header\":\"X-Key\"}").with(new Secret("a\r\nHost: b")))
                .hasMessage("secret: (expected: the value of a header, in printable ASCII)");
    }

    private static CredentialSettings settings(String kind, String json) {
        return new CredentialSettings(kind, (ObjectNode) JSON.readTree(json));
    }
}
