package dev.portcullis.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "PASSWORD",
                "dbPassword",
                "db_password",
                "passwd",
                "secret",
                "clientSecret",
                "client_secret",
                "client-secret",
                "clientsecret",
                "token",
                "accessToken",
                "access_token",
                "apiKey",
                "api_key",
                "APIKey",
                "X-API-Key",
                "apikey",
                "authorization",
                "Authorization",
                "Proxy-Authorization",
                "cookie",
                "Set-Cookie",
                "private_key",
                "privateKey",
                "passwordHash",
                "secrets",
                "credentials",
                "PWD",
                "aws.secret.access.key",
                "password2",
                "newPasswordConfirmation",
                "secretkey",
                "accessTokens",
                "refresh_tokens",
                "masterKey",
                "sessionKey",
                "passcode"
            })
    void secretNameHidesItsValue(String name) {
        assertThat(Redaction.redact("{\"" + name + "\":\"hunter2\",\"a\":1}"))
                .isEqualTo("{\"" + name + "\":\"[redacted]\",\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secretary",
                "tokenizer",
                "tokens",
                "maxTokens",
                "nextPageToken",
                "page_token",
                "key",
                "keyboard",
                "author",
                "cookieCutter",
                "identifier",
                "pass",
                "monkey",
                ""
            })
    void otherNameKeepsItsValue(String name) {
        var json = "{\"" + name + "\":\"hunter2\"}";
        assertThat(Redaction.redact(json)).isEqualTo(json);
    }

    @Test
    void numbersThatTheDatabaseWouldWriteOutAtLengthAreKeptAsTexts() {
        assertThat(Redaction.redact("[1e499,2.5E+3,5e-324,1e500,1E-9999,-1e+1000]"))
                .isEqualTo("[1e499,2.5E+3,5e-324,\"1e500\",\"1E-9999\",\"-1e+1000\"]");
    }

    @Test
    void everythingUnderASecretNameIsHidden() {
        assertThat(Redaction.redact(
                        "{\"credentials\":{\"user\":\"u\",\"deep\":[1,{\"a\":2}]},\"pwd\":12,\"b\":[true]}"))
                .isEqualTo("{\"credentials\":\"[redacted]\",\"pwd\":\"[redacted]\",\"b\":[true]}");
    }

    @Test
    void absenceIsNoSecret() {
        var json = "{\"password\":null,\"token\":\"\",\"secret\":true}";
        assertThat(Redaction.redact(json)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn",
                "Bearer abcdef0123456789",
                "bearer 0123456789abcdef==",
                "Basic dXNlcjpwYXNzd29yZA==",
                "AKIAIOSFODNN7EXAMPLE",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "github_pat_11AAAAAAA0abcdefghijkl_mnopqrstuvwxyz0123456789",
                "glpat-abcdefghijklmnopqrst",
                "pck_0123456789abcdefghijkl",
                "pca_0123456789abcdefghijkl",
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..rwPPzBM7TLFSI1LA.yAGdgU7tBTTVuQ.NIFx4K6LTDYmWP6jFgrFsA",
                "eyJhbGciOiJSU0EtT0FFUCJ9.OKOawDo13gRp2ojaHV7LFpZcgV7T.48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ.XFBoMYUZodetZdvTiFvSkQ",
                "xoxb-123456789012-abcdefghij",
                "sk-proj-abc123abc123abc123abc123",
                "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "-----BEGIN RSA PRIVATE KEY-----\\nMIIEow\\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PGP PRIVATE KEY BLOCK-----\\nlQ\\n-----END PGP PRIVATE KEY BLOCK-----",
                "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlF",
                "sk-ant-api03-abcdefghijklmnop",
                "pypi-AgEIcHlwaS5vcmcCJDAwMDAwMDAw",
                "npm_abcdefghijklmnopqrstuvwxyz0123456789",
                "hf_abcdefghijklmnopqrstuvwxyzABCDEF",
                "whsec_0123456789abcdef0123",
                "SG.0123456789abcdef.0123456789abcdefgh",
                "hvs.CAESIJ0123456789abcdefgh",
                "ya29.a0AfH6SMBx0123456789abcd",
                "dapi0123456789abcdef0123456789abcdef",
                "xapp-1-A0123456789-0123456789",
                "Authorization: Token 0123456789abcdef",
                "X-Api-Key: 0123456789abcdef",
                "Cookie: session=abc; theme=dark",
                "password=hunter2",
                "DB_PASSWORD='hunter two'",
                "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG",
                "Z2hwXzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4MzgzNDdBZTE3OEI0YQ==",
                "-----BEGIN PRIVATE KEY-----\\nMIIEow and no end"
            })
    void secretShapeIsHiddenWhereverItStands(String secret) {
        assertThat(Redaction.redact("{\"note\":\"" + secret + "\"}")).isEqualTo("{\"note\":\"[redacted]\"}");
        assertThat(Redaction.redact("[\"see " + secret + "\"]")).isEqualTo("[\"see [redacted]\"]");
        assertThat(Redaction.redact("{\"" + secret + "\":1}")).startsWith("{\"[redacted]\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "pck_0123456789abcdefghijkl"})
    void secretIsFoundBehindAName(String secret) {
        assertThat(Redaction.redact("[\"my-" + secret + "\",\"my_" + secret + "\"]"))
                .isEqualTo("[\"my-[redacted]\",\"my_[redacted]\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            postgres://u:p@ss@db/x                         | postgres://[redacted]@db/x
            redis://:hunter2@cache:6379                     | redis://[redacted]@cache:6379
            https://0123456789abcdefghijk@git.example/r     | https://[redacted]@git.example/r
            Server=db;User Id=u;Password=hunter2;Pool=5     | Server=db;User Id=u;[redacted];Pool=5
            https://hooks.slack.com/services/T01/B01/abcdef012345 | https://hooks.slack.com/services/[redacted]
            curl -H 'Cookie: a=b' x                         | curl -H '[redacted]' x
            """)
    void secretInTheMiddleOfATextIsHidden(String text, String shown) {
        assertThat(Redaction.redact("[\"" + text + "\"]")).isEqualTo("[\"" + shown + "\"]");
    }

    @Test
    void jsonInTextsIsLookedInto() {
        assertThat(Redaction.redact("{\"body\":\"{\\\"password\\\":\\\"hunter2\\\",\\\"n\\\":1}\"}"))
                .isEqualTo("{\"body\":\"{\\\"password\\\":\\\"[redacted]\\\",\\\"n\\\":1}\"}");
        assertThat(Redaction.redact("[\"curl -d '{\\\"password\\\": \\\"hunter2\\\"}'\"]"))
                .doesNotContain("hunter2");
    }

    @Test
    void jsonInTextsWithoutSecretsIsKeptAsItWasWritten() {
        var json = "[\"{ \\\"a\\\" : 1.50 , \\\"b\\\":[] }\"]";
        assertThat(Redaction.redact(json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"name":"X-Api-Key","value":"v"},{"name":"Accept","value":"v"}] | [{"name":"X-Api-Key","value":"[redacted]"},{"name":"Accept","value":"v"}]
            [{"value":"v","name":"X-Api-Key"},{"value":"v","name":"Accept"}] | [{"value":"[redacted]","name":"X-Api-Key"},{"value":"v","name":"Accept"}]
            [{"Value":"v","Key":"password"},{"VALUE":"v","KEY":"Accept"}]    | [{"Value":"[redacted]","Key":"password"},{"VALUE":"v","KEY":"Accept"}]
            {"value":"v","in":{"name":"password"},"a":["password"]}          | {"value":"v","in":{"name":"password"},"a":["password"]}
            {"in":{"value":"v","a":{"name":"x"}},"name":"password"}          | {"in":{"value":"v","a":{"name":"x"}},"name":"password"}
            {"values":["v"],"value":7,"n":1,"name":"password"}               | {"values":"[redacted]","value":"[redacted]","n":1,"name":"password"}
            {"body":"{\\"value\\":\\"v\\",\\"name\\":\\"pwd\\"}"}             | {"body":"{\\"value\\":\\"[redacted]\\",\\"name\\":\\"pwd\\"}"}
            """)
    void valueBesideTheNameOfASecretIsHidden(String json, String shown) {
        assertThat(Redaction.redact(json)).isEqualTo(shown);
    }

    @Test
    void valueBesideTheNameOfASecretIsFoundInLargeJsonToo() {
        // Given
        var texts = ("\"" + "\\u00e9".repeat(70) + "\",").repeat(200);

        // Then
        assertThat(Redaction.redact("[" + texts + "{\"value\":\"hunter2\",\"name\":\"password\"}]"))
                .endsWith("{\"value\":\"[redacted]\",\"name\":\"password\"}]");
    }

    @Test
    void urlsKeepAllButTheirSecrets() {
        assertThat(Redaction.redact("[\"https://bob:pw@host/p?a=1&access_token=abc&b=2#f\"]"))
                .isEqualTo("[\"https://[redacted]@host/p?a=1&access_token=[redacted]&b=2#f\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy_service",
                "a bearer of good news",
                "basic understanding of things",
                "sk-learn",
                "skateboarding-is-not-a-crime",
                "https://host:8080/path?x=1",
                "mail@host.example",
                "AKIA",
                "eyJ.eyJ",
                "0123456789abcdef0123456789abcdef01234567",
                "550e8400-e29b-41d4-a716-446655440000",
                "snow ☃ 𝄞",
                "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUQ=",
                "deploy/service/with/a/long/path/name",
                "aGVsbG8gd29ybGQsIHRoaXMgaXMgbm90aGluZw==",
                "cookie: chocolate",
                "authorization: see the handbook",
                "password policy",
                "glue-something-long-enough",
                "{not: json",
                "[1, 2, {}]",
                "https://team-a.example.com:8443/x@y"
            })
    void whatLooksLikeNoSecretIsKept(String text) {
        assertThat(Redaction.redact("{\"note\":\"" + text + "\"}")).isEqualTo("{\"note\":\"" + text + "\"}");
    }

    @Test
    void numbersKeepTheirDigits() {
        var json = "[1,1.0,1.50,-0,12345678901234567890123,1e3,1E-7]";
        assertThat(Redaction.redact(json)).isEqualTo(json);
    }

    @Test
    void largeArgumentsLoseTheirLongTexts() {
        var json = "{\"small\":\"kept\",\"large\":\"" + "x".repeat(100_000) + "\"}";
        assertThat(Redaction.redact(json)).isEqualTo("{\"small\":\"kept\",\"large\":\"[omitted: 100000 characters]\"}");
    }

    @Test
    void hugeArgumentsAreOmitted() {
        var json = "[" + "1,".repeat(100_000) + "1]";
        assertThat(Redaction.redact(json)).isEqualTo("{\"dev.portcullis/omitted\": {\"characters\": 200003}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-",
                "eyJ-",
                "eyJaaaaaaaa.",
                "-eyJaaaaaaaa",
                "Bearer ",
                "://a:",
                "-----BEGIN ",
                "ghp_-",
                "?token=&",
                "xoxb-"
            })
    void noTextMakesTheSearchSlow(String part) {
        var text = part.repeat(60_000 / part.length());
        Assertions.assertTimeout(Duration.ofSeconds(1), () -> Redaction.redact("[\"" + text + "\"]"));
    }

    @Test
    void digestIsTheSameForTheSameArguments() {
        var one = RecordedArguments.digestOf("{\"b\":[1,{\"y\":null,\"x\":\"é\"}],\"a\":\"\\u0041\\u001f\"}");
        var same =
                RecordedArguments.digestOf(" { \"a\" : \"A\\u001F\", \"b\" : [ 1, {\"x\":\"\\u00e9\",\"y\":null} ] } ");
        var other = RecordedArguments.digestOf("{\"b\":[1,{\"y\":null,\"x\":\"e\"}],\"a\":\"A\"}");

        assertThat(one).isEqualTo(same).isNotEqualTo(other).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void digestCoversWhatIsRedacted() {
        assertThat(RecordedArguments.digestOf("{\"password\":\"a\"}"))
                .isNotEqualTo(RecordedArguments.digestOf("{\"password\":\"b\"}"));
    }

    @Test
    void canonicalFormIsThatOfTheRfc() {
        assertThat(
                        CanonicalJson.of(
                                "{\"\\u20ac\":\"Euro\",\"\\r\":\"CR\",\"1\":\"One\",\"\\u0080\":\"C\",\"a\":[{},[],\"\\/\\\"\"]}"))
                .isEqualTo("{\"\\r\":\"CR\",\"1\":\"One\",\"a\":[{},[],\"/\\\"\"],\"\u0080\":\"C\",\"€\":\"Euro\"}");
    }
}
