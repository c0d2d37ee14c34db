package dev.portcullis.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// That looking only for what a text may have finds what looking for everything finds.
class SecretShapesTest {
    private static final List<String> SECRETS = List.of(
            "-----BEGIN PRIVATE KEY-----\nMIIE",
            "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1J",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            "Bearer abcdef0123456789",
            "bASIC dXNlcjpwYXNzd29yZA==",
            "Authorization: Token abcdef0123456789",
            "X-Api-Key: abcdef0123456789",
            "Cookie: session=abc",
            "AKIAABCDEFGHIJKLMNOP",
            "pck_abcdefghijklmnop",
            "ghp_abcdefghijklmnop1234",
            "glpat-abcdefghijklmnop",
            "hvs.abcdefghijklmnopqrst",
            "SK0123456789abcdef0123456789abcdef",
            "dop_v1_0123456789abcdef0123456789abcdef",
            "ATATT3abcdefghijklmnopqrst",
            "xoxb-1234567890",
            "https://hooks.slack.com/services/T0000/B0000/abcdefgh",
            "sk-abcdefghijklmnop1",
            "AIzaabcdefghijklmnopqrstuvwxyz012345678",
            "postgres://user:word@host/x",
            "https://abcdefghijklmnopqrst1@host/",
            "Password=hunter2;",
            "AccountKey=abc",
            "aws_secret_access_key = abcdefghijklmnop",
            "MY_TOKEN=\"abcdef\"",
            "?sig=abcdef&x=1",
            "{\"Client_Secret\": \"abc\"}",
            "{\\\"token\\\":\\\"abc\\\"}",
            "cGFzc3dvcmQ9aHVudGVyMjtwYXNzd29yZD1odW50ZXIy");
    private static final List<String> HARMLESS = List.of(
            "-----END PRIVATE KEY-----",
            "eyJhbGciOiJ.",
            "[redacted]",
            "\u0130K",
            " ",
            "",
            "_",
            "-",
            ".",
            "/",
            "=",
            "\"",
            ":",
            "a task of the risk register",
            "0123456789");
    private static final List<String> PIECES =
            Stream.concat(SECRETS.stream(), HARMLESS.stream()).toList();

    @Test
    void whatATextMayHaveIsAllThatIsFound() {
        var random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            var text = text(random);
            assertThat(SecretShapes.redact(text)).as(text).isEqualTo(SecretShapes.redactTheLongWay(text));
        }
    }

    @Test
    void everyPieceWithASecretIsRedactedAndNoOther() {
        assertThat(SECRETS).noneMatch(piece -> SecretShapes.redact(piece).equals(piece));
        assertThat(HARMLESS).allMatch(piece -> SecretShapes.redact(piece).equals(piece));
    }

    private static String text(Random random) {
        return IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(_ -> {
                    var piece = PIECES.get(random.nextInt(PIECES.size()));
                    return random.nextInt(4) == 0 ? piece.substring(random.nextInt(piece.length() + 1)) : piece;
                })
                .collect(Collectors.joining());
    }
}
