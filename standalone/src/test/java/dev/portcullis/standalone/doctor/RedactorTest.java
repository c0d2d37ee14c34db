package dev.portcullis.standalone.doctor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.portcullis.configuration.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What counts as a secret, and what does not.
class RedactorTest {
    private static final Redactor REDACTOR = new Redactor(List.of(new Secret("s3 cret/\"x\"\n"), new Secret("abc")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jdbc:postgresql://u:p@ss@host/db                    | jdbc:postgresql://[redacted]@host/db
                    https://token@host/x                                | https://[redacted]@host/x
                    url?password=x&user=y                               | url?password=[redacted]&user=y
                    {"client_secret": "a b \\" c", "x": 1}              | {"client_secret": [redacted], "x": 1}
                    url: jdbc:x://host/db?sslpassword=a&b=c             | url: jdbc:x://host/db?sslpassword=[redacted]&b=c
                    apiKey='a b' rest                                   | apiKey=[redacted] rest
                    Authorization: Bearer short                         | Authorization: [redacted]
                    proxy-authorization=Digest a="b", c="d"             | proxy-authorization= [redacted]
                    the value 3q2+7wAAAAB/AAAAAAAAAAAAAAAAAAAAAAAAAAA= | the value [redacted]
                    hash 5f4dcc3b5aa765d61d8327deb882cf99 end           | hash [redacted] end
                    """)
    void secretsAreTakenOut(String text, String expected) {
        assertThat(REDACTOR.text(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exchange 018f6a3e-7b1c-7d2e-8f3a-0123456789ab",
                "definition: sha256:5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99",
                "https://mcp.example.com/mcp/port-eu?region=eu",
                "dev.portcullis.standalone.doctor.ReachabilityTest at 2026-11-26T10:00:00.000Z",
                "/usr/lib/jvm/temurin-25-jdk-amd64/bin/java",
                "list_entities_by_identifier_and_group_and_count_only",
                "nextPageToken=abcd, page: 3, replica-1: policy version 12",
                "mail@example.org, 10.0.0.0/8, [2001:db8::1]:8080",
            })
    void whatIsNoSecretStays(String text) {
        assertThat(REDACTOR.text(text)).isEqualTo(text);
    }

    @Test
    void knownSecretsAreFoundInEverySpelling() {
        assertThat(REDACTOR.text("a s3 cret/\"x\" b s3+cret%2F%22x%22 c s3%20cret%2F%22x%22 d s3 cret/\\\"x\\\" e"))
                .isEqualTo("a [redacted] b [redacted] c [redacted] d [redacted] e");
        assertThat(REDACTOR.text("abc")).as("too short to be looked for").isEqualTo("abc");
    }

    @Test
    void treeIsRedactedByNamesOnWhateverLinesTheyStand() {
        var yaml = new RedactedTree(REDACTOR, List.of("credential")).ofYaml("""
                        # comment
                        password:
                          - one
                          - {deep: two}
                        credential: port-eu
                        port: 5432
                        token: |
                          line 1
                          line 2
                        secret: ${NAME}
                        apiKey: file:keys/api
                        """);
        assertThat(yaml.orElseThrow()).isEqualTo("""
                        password:
                        - '[redacted]'
                        - deep: '[redacted]'
                        credential: port-eu
                        port: 5432
                        token: '[redacted]'
                        secret: '${NAME}'
                        apiKey: file:keys/api
                        """);
    }

    @Test
    void secretsOfTheEnvironmentAreKnown() {
        var known = new KnownSecrets(Map.of("PORTCULLIS_DATABASE_PASSWORD", "from-outside", "HOME", "/home/me"));
        known.addConfiguration("password: x${OTHER:-y}", Path.of("/"));
        assertThat(known.all().stream().map(Secret::reveal).collect(Collectors.toSet()))
                .contains("from-outside", "x${OTHER:-y}", "y")
                .doesNotContain("/home/me");
    }

    /// A log may hold anything, and a support case must not end in a pattern that never does.
    @Test
    @Timeout(value = 20, unit = SECONDS)
    void hostileTextsTakeLittleTime() {
        for (var part : List.of(
                "a",
                "A1a",
                "eyJ",
                "password=",
                "://",
                "=\"\\",
                "bearer ",
                "-----BEGIN ",
                "a.",
                "0a",
                "a=",
                "token=a ")) {
            assertThatCode(() -> REDACTOR.text(part.repeat(20_000))).doesNotThrowAnyException();
        }
    }
}
