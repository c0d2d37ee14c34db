package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.portcullis.policy.document.DomainName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Which hosts a request reaches, and what is too doubtful to say.
class ReachedDomainsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://x.org                                             | x.org
            HTTPS://X.ORG./                                           | x.org
            ws://x.org:80/a@b                                         | x.org
            https://x.org?a@b                                         | x.org
            https://x.org#a@b                                         | x.org
            git+https://x.org/repository                              | x.org
            xhttps://x.org                                            | x.org
            docs:https://x.org                                        | x.org
            see https://x.org, http://y.org; (wss://z.org).           | x.org,y.org,z.org
            <a href="https://x.org/a">x</a> [y](http://y.org/) `ws://z.org` | x.org,y.org,z.org
            https://x.org/?next=https://y.org/                        | x.org,y.org
            http://[2001:db8::1]:80/ http://[::ffff:192.0.2.1]        | 2001:db8:0:0:0:0:0:1,192.0.2.1
            http://192.0.2.1/                                         | 192.0.2.1
            http://localhost:3000/                                    | localhost
            https://ｂücher。example/                                  | xn--bcher-kva.example
            https://x.org。                                            | x.org
            https://x.org/ https://x.org/                             | x.org
            rows: 3, news:x, windows:amd64, https: no, ftp://y.org    | ''
            mailto:a@x.org //x.org x.org                              | ''
            //x.org/a                                                 | x.org
            \\\\x.org\\share                                             | x.org
            /\\x.org                                                   | x.org
            ///x.org                                                  | x.org
            <script src="//x.org/a.js"></script> [y](//y.org)         | x.org,y.org
            // x.org a comment, //div[@class="y"], a//b.c             | ''
            https://x.org/?to=https%3A%2F%2Fy.org%2F&a=b%20c          | x.org,y.org
            https://x.org/?to=https%253A%252F%252Fy.org               | x.org,y.org
            <a href="https&#58;//x.org">, &#x68;ttp&colon;&sol;&sol;y.org/ | x.org,y.org
            <a href="https&#00000000058;//x.org">, &#x0000000068;ttp://y.org/ | x.org,y.org
            {"a":"\\u0068ttps:\\/\\/x.org","b":{"https\\u003a//y.org":1}} | x.org,y.org
            {"a":"{\\"b\\":\\"https:\\\\/\\\\/x.org\\\\/\\"}"}              | x.org
            {"a":"https://x.org","b":"https://y.org"}                 | x.org,y.org
            {"a":"see https://x.org\\nthen"}                           | x.org
            {"a":"https:\\/\\/x.org\\/"} {"b":"wss://y.org"}             | x.org,y.org
            Payload: {"a":"\\u0068ttps://x.org","b":"http:\\/\\/y.org"} | y.org,x.org
            (src='https://x.org',alt='https://y.org')                 | x.org,y.org
            view-source:https://x.org jar:https://y.org!/a blob:https://z.org/1 | x.org,y.org,z.org
            """)
    void hostsAreFoundWhereverTheyStand(String text, String hosts) {
        // When
        var reached = ReachedDomains.inUris(List.of(text));

        // Then
        assertThat(reached.certain()).isTrue();
        assertThat(reached.domains().stream().map(DomainName::name).collect(Collectors.joining(",")))
                .isEqualTo(hosts);
    }

    @Test
    void urlAtTheEndOfALineOfALongerTextIsCertain() {
        assertThat(ReachedDomains.inUris(List.of("See https://x.org\nand https://y.org/\r\n")))
                .isEqualTo(new ReachedDomains(
                        List.of(new DomainName("x.org", false), new DomainName("y.org", false)), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a@x.org",
                "https://x.org:80@y.org",
                "https://x.org\"@y.org",
                "https://x.org @y.org",
                "https: @y.org",
                "https://x.org\\y",
                "https://x.org\\@y.org",
                "https:\\\\x.org",
                "https:/\\x.org",
                "https:/x.org",
                "https:x.org",
                "see https:x.org",
                "https:///x.org",
                "https://",
                "https:",
                "https://?x.org",
                "https://:80/",
                "https://{host}/",
                "https://x%2eorg/",
                "https://x.org%00.y.org/",
                "https://x.org\u0000.y.org",
                "https://x.org\u007f/",
                "\u0001https://x.org\n.y.org",
                " https://x.org\r\n/",
                "https:\n//x.org",
                "https:\nx.org",
                "https:/\n/x.org",
                "ht\ttp://x.org",
                "http\n://x.org",
                "https://x.org,y.org/",
                "https://x.org\u00ady.org/",
                "https://x.org\u200by.org",
                "https://x.org:80.y.org/",
                "https://x.org:y.org/",
                "https://x..org/",
                "https://-x.org/",
                "https://a_b.org/",
                "https://fa\u00df.org/",
                "https://\u2100.org/",
                "https://\ud83d\ude00.org/",
                "https://\ud83d.org/",
                "http://1.2.3/",
                "http://0x7f000001/",
                "http://127.0.0.01/",
                "http://127.0.0.256/",
                "http://x.1/",
                "http://[::1/",
                "http://[::1]x.org/",
                "http://[fe80::1%eth0]/",
                "http://[v1.x]/",
                "http://[]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[2002:7f00:1::1]/",
                "http://[::127.0.0.1]/",
                "\u00a0https://x.org @y.org",
                "\ufeffhttps://x.org\t.y.org",
                "view-source:https://x.org @y.org",
                "<a href=\"https://x.org @y.org\">",
                "<a href=\"https://x.org\n.y.org\">",
                "<https://x.org @y.org>",
                "{\"a\":\"https://x.org @y.org\"}",
                "{\"a\":\"https://x.org \\\"@y.org\"}",
                "{\"a\":\"https://x.org\\n.y.org\"}",
                "say \"https://x.org \\\"@y.org\"",
                "ht\u200btps://x.org",
                "//x.org@y.org/",
                "//x.org\t.y.org",
                "/\t/u@y.org",
                "https%3A%2F%2Fx.org%40y.org",
                "https%3A%2F%2Fx.org%5C@y.org",
                "https://x.org%40y.org/",
                "https://x.org/?a=https%3Ay.org",
                "https:\\x2f\\x2fx.org\\u0040y.org"
            })
    void whatProgramsReadInDifferentWaysIsUncertain(String text) {
        assertThat(ReachedDomains.inUris(List.of(text)).certain()).isFalse();
    }

    @Test
    void quotationWhoseEndNobodyWouldSearchForIsUncertain() {
        // Given
        var quoted = "say \"https://x.org ";

        // Then
        assertThat(ReachedDomains.inUris(List.of(quoted + "a ".repeat(120))).certain())
                .isTrue();
        assertThat(ReachedDomains.inUris(List.of(quoted + "a ".repeat(140))).certain())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":}", "[", "{\"a\":\"\\x\"}"})
    void argumentsThatAreNotJsonAreUncertain(String json) {
        assertThat(ReachedDomains.inArguments(json).certain()).isEqualTo(json.isEmpty());
    }

    @Test
    void textThatIsEncodedTooOftenIsUncertain() {
        // Given
        var encoded = "https%" + "25".repeat(20) + "3A//x.org";

        // Then
        assertThat(ReachedDomains.inUris(List.of(encoded)).doubts())
                .singleElement()
                .asString()
                .startsWith("a text that is encoded too often: https%2525");
    }

    @Test
    void doubtsAreToldWithoutSecrets() {
        assertThat(ReachedDomains.inUris(List.of(
                                "https://user:secret@x.org/token?a=b",
                                "https://x%2eorg/",
                                "http:\\x.org\u202e and so on",
                                "ws:x.org"))
                        .doubts())
                .containsExactly("https://…@x.org", "x%2eorg", "http:\\x.org\ufffd and so on");
    }

    @Test
    void moreHostsThanAnyoneNeedsAreUncertain() {
        // Given
        var text = IntStream.range(0, 1_001)
                .mapToObj(i -> "https://h%d.example/".formatted(i))
                .collect(Collectors.joining(" "));

        // Then
        assertThat(ReachedDomains.inUris(List.of(text)).certain()).isFalse();
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(
            strings = {
                "https:",
                "https://",
                "https://[",
                "https://a",
                "https://a,",
                "https://a:1\n",
                "https:\n",
                "@",
                "\\",
                "\t",
                "ws:[",
                "\"https: ",
                "\"https: \\",
                "<http://a ",
                "\"//",
                "(  ",
                "%25",
                "\\\\",
                "\\u005c",
                "&amp;",
                "[\"",
                "{\"a\":\"https%3A%2F%2Fx.org &#58; \"}"
            })
    void hostileTextTakesTimeInProportion(String part) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> ReachedDomains.inUris(List.of(part.repeat(200_000))));
    }

    /// Whenever a text is certain, a browser-like reading and the JDK's own reach no other host.
    @RepeatedTest(20)
    @Tag("slow")
    void certainTextsHaveNoOtherReading(RepetitionInfo repetition) {
        var random = new Random(7L * repetition.getCurrentRepetition());
        for (var i = 0; i < 5_000; i++) {
            // Given
            var text = generated(random);

            // When
            var reached = ReachedDomains.inArguments(JsonMapper.shared().writeValueAsString(Map.of("a", text)));

            // Then
            if (reached.certain()) {
                var names = reached.domains().stream().map(DomainName::name).toList();
                assertThat(names).as(text).containsAll(otherReadings(text));
            }
        }
    }

    private static String generated(Random random) {
        var parts = List.of(
                "https:", "http:", "ws:", "//", "/", "\\", "@", ":", "80", "x.org", "Y.org", ".", "a", "%2e", "\n",
                "\t", " ", "[::1]", "?", "#", ",", "\"", "_", "-", "ß", "é", "\u00ad", "\u0000", "ht", "tp");
        var text = new StringBuilder(random.nextBoolean() ? "https://" : "");
        for (var i = random.nextInt(7); i >= 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    /// The hosts by the JDK, and by the steps of the URL Standard for the text as a whole. No host's last
    /// label ends in punctuation, so that is a matter of the text around it.
    private static List<String> otherReadings(String text) {
        return java.util.stream.Stream.concat(byJdk(text).stream(), byBrowser(text).stream())
                .map(host -> DomainName.of(host).map(DomainName::name).orElse("not a host: " + host))
                .toList();
    }

    private static List<String> byJdk(String text) {
        try {
            var uri = new URI(text);
            var web = uri.getScheme() != null && uri.getScheme().matches("(?i)https?|wss?");
            return web && uri.getHost() != null ? List.of(uri.getHost()) : List.of();
        } catch (URISyntaxException notAUri) {
            return List.of();
        }
    }

    private static List<String> byBrowser(String text) {
        var url = text.replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", "").replaceAll("[\\t\\r\\n]", "");
        var scheme = url.replaceFirst("(?is)^((?:https?|wss?):)?.*$", "$1");
        if (scheme.isEmpty()) {
            return List.of();
        }
        var authority =
                url.substring(scheme.length()).replaceFirst("^[/\\\\]*", "").replaceFirst("(?s)[/\\\\?#].*$", "");
        var host = authority
                .substring(authority.lastIndexOf('@') + 1)
                .replaceFirst(":\\d*$", "")
                .replaceFirst("[,._\"\u00ad-]+$", "");
        var fails =
                host.isEmpty() || host.matches("(?s).*[\\x00-\\x20<>^|\\x7f].*") || host.matches("[^\\[]*[:\\[\\]].*");
        return fails ? List.of() : List.of(host);
    }
}
