package dev.portcullis.console.credentials;

import static dev.portcullis.database.gateway.Tables.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.secrets.store.ReencryptionStore;
import dev.portcullis.database.gateway.tables.records.CredentialsRecord;
import dev.portcullis.secrets.CredentialSettings;
import dev.portcullis.secrets.MasterKey;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;

class CredentialApiTest {
    private static final String SECRET = "hunter2-of-port";
    private static final String PORT =
            "{\"kind\": \"port\", \"settings\": {\"upstreams\": [\"https://mcp.port.io\"], \"endpoint\": \"https://api.getport.io/v1/auth/access_token\","
                    + " \"clientId\": \"c-1\"}, \"secret\": \"" + SECRET + "\"}";

    private final RunningConsole console = RunningConsole.shared();

    @Test
    void secretGoesInAndNeverComesOut() throws Exception {
        // When
        var set = put("port-eu", PORT);

        // Then
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(set.body()).contains("\"clientId\":\"c-1\"").doesNotContain(SECRET);
        assertThat(console.get("/api/v1/credentials").body())
                .contains("port-eu")
                .doesNotContain(SECRET);
        assertThat(console.get("/api/v1/credentials/port-eu").body()).doesNotContain(SECRET);
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        assertThat(sql.fetch("select * from audit.admin_events").toString())
                .contains("credential.set")
                .doesNotContain(SECRET);
        var row = sql.fetchSingle(CREDENTIALS, CREDENTIALS.NAME.eq("port-eu"));
        assertThat(new String(row.getSecret(), StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
        assertThat(MasterKey.read(RunningConsole.MASTER_KEY)
                        .decrypt(row.getSecret(), MasterKey.credential("port-eu", settings(row))))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(SECRET);

        // When
        var again = put("port-eu", PORT.replace("c-1", "c-2"));

        // Then
        assertThat(RunningConsole.json(again).path("revision").asInt()).isEqualTo(2);
        assertThat(console.send(console.request("/api/v1/credentials/port-eu").DELETE())
                        .statusCode())
                .isEqualTo(204);
        assertThat(console.get("/api/v1/credentials/port-eu").statusCode()).isEqualTo(404);
    }

    @Test
    void afterARotationTheOldKeyIsOfNoUse() throws Exception {
        // Given
        put("rotated", PORT);
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        var old = MasterKey.read(RunningConsole.MASTER_KEY);
        var rotated = MasterKey.read(old.rotated());

        // When
        new ReencryptionStore(console.database().dataSource()).encryptAnew(rotated);

        // Then
        var row = sql.fetchSingle(CREDENTIALS, CREDENTIALS.NAME.eq("rotated"));
        var secret = row.getSecret();
        assertThat(rotated.decrypt(secret, MasterKey.credential("rotated", settings(row))))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(SECRET);
        assertThat(rotated.isNewestFor(secret)).isTrue();
        assertThat(old.isNewestFor(secret)).isFalse();
        assertThat(console.events("secrets.reencrypted")).isNotEmpty();

        // Put back what other tests share
        sql.deleteFrom(CREDENTIALS).where(CREDENTIALS.NAME.eq("rotated")).execute();
        sql.execute("delete from gateway.api_keys");
        sql.execute("delete from gateway.data_keys");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x | {}                                                                        | kind:
            x | {"kind": "header", "secret": "s"}                                         | settings:
            x | {"kind": "header", "settings": {"header": "X-Key"}}                       | secret:
            x | {"kind": "header", "settings": {"upstreams": ["https://u"], "header": "Host"}, "secret": "s3cr3t"}    | header: Host
            x | {"kind": "header", "settings": {"header": "X-Key"}, "secret": "s3cr3t"}   | upstreams:
            x | {"kind": "saml", "settings": {}, "secret": "s3cr3t"}                      | kind: saml
            X | {"kind": "header", "settings": {"header": "X-Key"}, "secret": "s3cr3t"}   | name: X
            """)
    void whatIsWrongIsNamedWithoutTheSecret(String name, String body, String problem) {
        var refused = put(name, body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(RunningConsole.json(refused).path("detail").asString())
                .startsWith(problem)
                .doesNotContain("s3cr3t");
    }

    private static CredentialSettings settings(CredentialsRecord row) {
        return new CredentialSettings(row.getKind(), (ObjectNode)
                JsonMapper.shared().readTree(row.getSettings().data()));
    }

    private java.net.http.HttpResponse<String> put(String name, String body) {
        return console.send("PUT", "/api/v1/credentials/" + name, "application/json", body);
    }
}
