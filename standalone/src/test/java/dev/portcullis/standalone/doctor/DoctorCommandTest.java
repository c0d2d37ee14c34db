package dev.portcullis.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.standalone.PortcullisCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// How the command is used, and what others may rely on.
class DoctorCommandTest {
    private static final Path DOCUMENT = Path.of("../docs/doctor.md");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mcp.example.com/mcp/port-eu",
                "ftp://mcp.example.com/",
                "https://user:hunter2@mcp.example.com/mcp/port-eu",
                "https://mcp.example.com/mcp/port-eu?token=hunter2",
                "https://mcp.example.com:99999/mcp/port-eu",
                "https://mcp example com hunter2",
            })
    void whatIsNoEndpointIsWrongUsageAndNotRepeated(String endpoint) {
        var run = DoctorRun.of(endpoint);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors()).contains("ENDPOINT (expected: ").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cret\nand-another", "s3cret with spaces", "s3cret\u00e9"})
    void tokenFileWithAnythingElseIsWrongUsageAndNotRepeated(String content) throws IOException {
        var file = Files.writeString(folder.resolve("token"), content);
        var run = DoctorRun.of("--token-file", file.toString(), "http://127.0.0.1:1/mcp/port-eu");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("--token-file").doesNotContain("s3cret");
    }

    @Test
    void fileThatIsNotThereIsWrongUsage() {
        for (var option : new String[] {"--token-file", "--authorities", "--config"}) {
            var run = DoctorRun.of(option, folder.resolve("nothing").toString(), "http://127.0.0.1:1/mcp/port-eu");
            assertThat(run.code()).as(option).isEqualTo(2);
            assertThat(run.errors()).contains(option);
        }
    }

    @Test
    void tokenIsNotRepeatedEvenWhenTheServerDoes() throws IOException {
        // Given a server that complains of the token by repeating it
        var file = Files.writeString(folder.resolve("token"), "Bearer opaque-s3cret\n");
        var body = "{\"error\":{\"code\":403,\"message\":\"bad token opaque-s3cret\",\"data\":{\"reason\":\"odd\"}}}";
        try (var peer = BrokenPeer.saying("HTTP/1.1 403 Forbidden\r\nportcullis-exchange: x\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {

            // When
            var run = DoctorRun.of("--token-file", file.toString(), "http://127.0.0.1:" + peer.port() + "/mcp/port-eu");

            // Then
            assertThat(run.problems()).containsExactly("refused");
            assertThat(run.said("refused")).contains("bad token [redacted]");
            assertThat(run.out() + run.errors()).doesNotContain("opaque-s3cret");
        }
    }

    @Test
    void jsonIsWhatScriptsRelyOn() {
        var run = DoctorRun.of("http://nobody.test/mcp/port-eu");
        assertThat(run.out()).isEqualTo("""
                        {
                          "endpoint" : "http://nobody.test/mcp/port-eu",
                          "outcome" : "problem",
                          "findings" : [ {
                            "check" : "name",
                            "code" : "name_unknown",
                            "outcome" : "problem",
                            "text" : "The name nobody.test is not known to this machine's DNS.",
                            "next" : "Check the spelling, switch on the VPN, or have the name published in your DNS."
                          }, {
                            "check" : "console",
                            "code" : "console_absent",
                            "outcome" : "skipped",
                            "text" : "Without a console it cannot be said which key, rule or credential it is, and which tools are hidden: There is no /nowhere/console-url: give --url, or the --data of a `portcullis up`.",
                            "next" : "Give --url and PORTCULLIS_TOKEN, or the --data of a `portcullis up`."
                          } ]
                        }
                        """);
    }

    @Test
    void reportIsForPeople() {
        var out = new StringWriter();
        var code = PortcullisCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("doctor", "http://nobody.test/mcp/port-eu", "--data", "/nowhere");
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).startsWith("""
                        Endpoint http://nobody.test/mcp/port-eu

                        PROBLEM  name        The name nobody.test is not known to this machine's DNS.
                                             → Check the spelling, switch on the VPN, or have the name published in your DNS.
                        skipped  console""").endsWith("\n\n1 problem was found.\n");
    }

    @Test
    void everyCodeIsExplainedInTheDocument() throws IOException {
        var document = Files.readString(DOCUMENT);
        assertThat(Arrays.stream(Code.values()).map(Code::key).filter(key -> !document.contains("`" + key + "`")))
                .isEmpty();
    }
}
