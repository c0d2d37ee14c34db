package dev.portcullis.standalone.doctor;

import static dev.portcullis.standalone.doctor.TestInstallation.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.secrets.MasterKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;

/// The archive for support: what is in it, and that no secret is, wherever one stood.
@ExtendWith(WithInstallation.class)
class SupportBundleIT {
    /// Where each was hidden.
    private static final Map<String, String> SECRETS = Map.ofEntries(
            Map.entry("database.password", "hunter2-hunter2"),
            Map.entry("user of the JDBC URL", "u53r-p@ssword"),
            Map.entry("parameter of the JDBC URL", "sslp4ssw0rd"),
            Map.entry("default of a placeholder", "default-pass"),
            Map.entry("file that the configuration names", "c0ntent of a file"),
            Map.entry("token at a place for something else", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"),
            Map.entry("block of several lines", "first-line-secret"),
            Map.entry("list of passwords", "one-of-several"),
            Map.entry("comment", "in-a-comment-0815"),
            Map.entry("bearer of a log line", "b34rer-of-the-log.x/y+z=="),
            Map.entry("basic of a log line", "dXNlcjpwYXNzd29yZA=="),
            Map.entry("cookie of a log line", "c00k1e"),
            Map.entry("password of a log line", "p4ss-in-the-log"),
            Map.entry("private key of a log", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7"),
            Map.entry("reason of a kill", "AKIA0123456789ABCDEF"),
            Map.entry("name of a tool", "glpat-0123456789abcdefABCD"),
            Map.entry("argument of a tool", "argument-s3cret"),
            Map.entry("rule of the policy", TestInstallation.SECRET_IN_POLICY),
            Map.entry("credential in the database", TestInstallation.CREDENTIAL_SECRET));

    private final TestInstallation installation;

    @TempDir
    private Path folder;

    SupportBundleIT(TestInstallation installation) {
        this.installation = installation;
    }

    @Test
    void noSecretIsInItWhereverItStood() throws Exception {
        // Given
        var key = installation.key("bundled", json());
        var masterKey = MasterKey.generate().reveal();
        callToolsWithSecrets();
        var kill = killWithSecret();

        // When
        var archive = folder.resolve("support.zip");
        var run = installation.examineWith(
                key,
                "unrefreshed",
                "--bundle",
                archive.toString(),
                "--config",
                configuration(masterKey),
                "--log",
                log(key),
                "--token",
                installation.adminToken());
        installation.client().delete("kills/" + kill);

        // Then
        assertThat(run.problems()).containsExactly("upstream_credential_refused");
        assertThat(run.errors()).contains("Look into it before you send it.");
        var files = unzipped(archive);
        var secrets = new LinkedHashMap<>(SECRETS);
        secrets.put("API key", key);
        secrets.put("secret part of the API key", key.substring("pck_".length() + 13));
        secrets.put("admin token", installation.adminToken());
        secrets.put("master key of the configuration", masterKey);
        secrets.put("value within the master key", masterKey.replaceAll("(?s).*\"value\": *\"([^\"]+)\".*", "$1"));
        secrets.put("master key of the installation", installation.masterKey().reveal());
        secrets.forEach((where, secret) -> files.forEach((name, text) -> {
            assertThat(text).as("%s, in %s", where, name).doesNotContain(secret);
            assertThat(text)
                    .as("the first part of: %s, in %s", where, name)
                    .doesNotContain(secret.substring(0, secret.length() * 2 / 3));
            assertThat(text)
                    .as("the last part of: %s, in %s", where, name)
                    .doesNotContain(secret.substring(secret.length() / 2));
        }));
    }

    @Test
    void whatSupportNeedsIsInIt() throws Exception {
        // Given
        var archive = folder.resolve("support.zip");
        callToolsWithSecrets();

        // When
        installation.examine(
                "unrefreshed",
                "--bundle",
                archive.toString(),
                "--config",
                configuration(MasterKey.generate().reveal()),
                "--log",
                log("pck_x"));

        // Then
        var files = unzipped(archive);
        assertThat(files).containsKeys("kills.json", "upstream-failed.json", "refused.json");
        assertThat(files.get("report.txt")).contains("PROBLEM  sign-in", "unrefreshed");
        assertThat(files.get("report.json")).contains("\"code\" : \"no_credential\"");
        assertThat(files.get("versions.txt")).contains("portcullis ", "java 25", "os Linux");
        assertThat(files.get("configuration.yaml"))
                .contains(
                        "jdbc:postgresql://",
                        "db.acme.example",
                        "user: portcullis",
                        "${PASSWORD_OF_NOBODY:-[redacted]}",
                        "key: file:tls.key",
                        "listen: 127.0.0.1:8080",
                        "corp");
        assertThat(files.get("policy.yaml")).contains("credential: refused-token", "id: read-only");
        assertThat(files.get("replicas.json")).contains("replica-1", "policyVersion");
        assertThat(files.get("exchange.json")).contains("no_credential", "unrefreshed");
        assertThat(files.get("denied.json")).contains("read-only", "\"method\" : \"tools/call\"");
        assertThat(files.get("log.txt")).contains("WARN d.p.proxy connection lost", "[redacted]");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
    }

    @Test
    void nobodysArgumentsAreInItAndNobodyIsSaidToHaveSeenThem() throws Exception {
        // Given
        var archive = folder.resolve("support.zip");
        callToolsWithSecrets();
        var before = revelations();

        // When
        installation.examine("unrefreshed", "--bundle", archive.toString());

        // Then
        var files = unzipped(archive);
        assertThat(files.get("denied.json"))
                .contains("\"method\" : \"tools/call\"")
                .doesNotContain("entity-4711");
        assertThat(files.get("exchange.json")).contains("\"arguments\" : null");
        assertThat(revelations()).isEqualTo(before);
    }

    @Test
    void withoutAConsoleItHasWhatIsThere() throws Exception {
        var archive = folder.resolve("support.zip");
        var run = DoctorRun.of(installation.endpoint("down"), "--bundle", archive.toString());
        assertThat(run.problems()).containsExactly("upstream_unreachable");
        assertThat(unzipped(archive)).containsOnlyKeys("report.txt", "report.json", "versions.txt");
    }

    @Test
    void configurationThatIsNoYamlIsLeftOut() throws Exception {
        var archive = folder.resolve("support.zip");
        var broken = Files.writeString(folder.resolve("broken.yaml"), "a: [\npassword hunter2-hunter2");
        DoctorRun.of(installation.endpoint("down"), "--bundle", archive.toString(), "--config", broken.toString());
        assertThat(unzipped(archive).get("configuration.yaml"))
                .startsWith("# This is no YAML")
                .doesNotContain("hunter2");
    }

    private String configuration(String masterKey) throws IOException {
        Files.writeString(folder.resolve("token"), SECRETS.get("file that the configuration names") + "\n");
        Files.writeString(folder.resolve("tls.key"), "-----BEGIN PRIVATE KEY-----\n");
        return Files.writeString(folder.resolve("portcullis.yaml"), """
                        # the old one was %9$s
                        database:
                          url: jdbc:postgresql://portcullis:%2$s@db.acme.example/portcullis?sslmode=require&sslpassword=%3$s
                          user: portcullis
                          password: %1$s
                        secrets: {key: '%10$s'}
                        replica: replica-1
                        proxy:
                          listen: 127.0.0.1:8080
                          tls: {certificate: gateway.pem, key: "file:tls.key"}
                          allowedOrigins: ["https://app.example?x=%6$s", "see %1$s"]
                          identity:
                            issuers:
                              corp: {issuer: "https://login.acme.example", scopes: [openid]}
                        old:
                          password: ${PASSWORD_OF_NOBODY:-%4$s}
                          apiToken: file:token
                          clientSecret: |
                            %7$s
                            and more
                          passwords: [%8$s, 2]
                        was: "%5$s"
                        """.formatted(
                                SECRETS.get("database.password"),
                                SECRETS.get("user of the JDBC URL"),
                                SECRETS.get("parameter of the JDBC URL"),
                                SECRETS.get("default of a placeholder"),
                                SECRETS.get("file that the configuration names"),
                                SECRETS.get("token at a place for something else"),
                                SECRETS.get("block of several lines"),
                                SECRETS.get("list of passwords"),
                                SECRETS.get("comment"),
                                masterKey))
                .toString();
    }

    private String log(String key) throws IOException {
        return Files.writeString(folder.resolve("portcullis.log"), """
                        2026-11-26T10:00:00.000Z WARN d.p.proxy connection lost exchange="018f6a3e-7b1c-7d2e-8f3a-0123456789ab"
                        2026-11-26T10:00:00.000Z INFO d.p.proxy header Authorization: Bearer %s
                        2026-11-26T10:00:00.000Z INFO d.p.proxy authorization="Basic %s" client="10.0.0.1"
                        2026-11-26T10:00:00.000Z INFO d.p.proxy Set-Cookie: session=%s; Path=/
                        2026-11-26T10:00:00.000Z INFO d.p.proxy password=%s user=app
                        2026-11-26T10:00:00.000Z ERROR d.p.proxy FATAL: authentication failed with "%s" and %s
                        -----BEGIN PRIVATE KEY-----
                        %s
                        2026-11-26T10:00:00.000Z INFO d.p.proxy key %s was used
                        """.formatted(
                                SECRETS.get("bearer of a log line"),
                                SECRETS.get("basic of a log line"),
                                SECRETS.get("cookie of a log line"),
                                SECRETS.get("password of a log line"),
                                SECRETS.get("database.password"),
                                SECRETS.get("default of a placeholder"),
                                SECRETS.get("private key of a log"),
                                key))
                .toString();
    }

    /// What clients send is on record; the records are in the archive.
    private void callToolsWithSecrets() throws IOException, InterruptedException {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":"
                + "{\"entity\":\"entity-4711\",\"password\":\"%s\"}}}";
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(installation.endpoint("port-eu")))
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json, text/event-stream")
                            .POST(BodyPublishers.ofString(
                                    body.formatted(SECRETS.get("name of a tool"), SECRETS.get("argument of a tool"))))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.body()).contains("Blocked by policy");
        }
        await().until(() -> !installation
                .client()
                .get("tool-calls?outcome=denied&payloads=false")
                .path("items")
                .isEmpty());
    }

    /// How often somebody has seen what callers sent.
    private int revelations() {
        return installation
                .client()
                .get("admin-events?event=audit.revealed&limit=500")
                .path("items")
                .size();
    }

    private String killWithSecret() {
        var order = json().put("reason", "somebody leaked " + SECRETS.get("reason of a kill"));
        order.putObject("scope").putArray("tools").add("no_such_tool");
        return installation.kill(order).path("id").asString();
    }

    private static Map<String, String> unzipped(Path archive) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return files;
    }
}
