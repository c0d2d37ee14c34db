package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;

/// Asks an installation for all that it tells.
///
/// @param data its folder
record Enquiry(Gateway gateway, Path data, Sightings sightings) {

    void askTheConsole() {
        for (var path : List.of(
                "/policy",
                "/policy/draft",
                "/policy/versions",
                "/api-keys?all=true",
                "/credentials",
                "/replicas",
                "/kills",
                "/tool-calls?limit=500",
                "/tool-calls/export?format=ndjson",
                "/tool-calls/export?format=csv")) {
            var answer = gateway.api().send("GET", path, "application/json", "");
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            sightings.see("answers of the console", answer.body());
        }
    }

    void askTheManagement() {
        try (var http = HttpClient.newHttpClient()) {
            for (var path : List.of("/metrics", "/readyz", "/livez")) {
                var request = HttpRequest.newBuilder(gateway.management().resolve(path));
                sightings.see(
                        path,
                        SignIn.send(http, request.build(), BodyHandlers.ofString())
                                .body());
            }
        }
    }

    /// Every row of every table: PostgreSQL compresses long values, so that files alone do not tell.
    void askTheDatabase() throws IOException, SQLException {
        var port = Files.readString(data.resolve("postgresql/port")).strip();
        var password = Files.readString(data.resolve("postgresql/password")).strip();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/portcullis", "portcullis", password);
                var statement = connection.createStatement();
                var tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                var table = tables.getString("TABLE_SCHEM") + "." + tables.getString("TABLE_NAME");
                try (var rows = statement.executeQuery("select t::text from " + table + " t")) {
                    while (rows.next()) {
                        sightings.see(table, rows.getString(1));
                    }
                }
            }
        }
    }

    /// What is sent to support, with a configuration that has secrets in it.
    void askTheDoctor(Path folder, String key) throws IOException {
        var configuration = Files.writeString(folder.resolve("others.yaml"), """
                database:
                  url: jdbc:postgresql://db/portcullis?password=%s
                  user: portcullis
                  password: %s
                secrets: {key: '%s'}
                """.formatted(
                        sightings.newSecret("password in a URL"),
                        sightings.newSecret("password in a configuration"),
                        Files.readString(data.resolve("secrets.key")).strip()));
        var archive = folder.resolve("support.zip");
        try (var doctor = LaunchedCommand.start(
                "nowhere-doctor",
                Map.of(),
                List.of(
                        "doctor",
                        gateway.proxy().resolve("/mcp/keyed").toString(),
                        "--data=" + data,
                        "--token-file=" + Files.writeString(folder.resolve("key"), key),
                        "--config=" + configuration,
                        "--bundle=" + archive))) {
            doctor.awaitEnd();
        }
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                sightings.see("archive for support", new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
