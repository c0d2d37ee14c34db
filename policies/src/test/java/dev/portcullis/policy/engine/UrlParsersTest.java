package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.document.DomainName;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Wherever a program's parser sees a host, the host is found or the text is in doubt.
///
/// What Node and Python see stands in a file that a script beside it makes.
class UrlParsersTest {
    private static final List<Seen> TEXTS = read();

    /// Ways in which a text is given to a program that takes off the wrapping first.
    private static final Map<String, UnaryOperator<String>> WRAPPINGS = Map.of(
            "json", text -> "{\"a\":[" + JsonMapper.shared().writeValueAsString(text) + ",\"b\"]}",
            "escaped slashes",
                    text -> "{\"a\":"
                            + JsonMapper.shared().writeValueAsString(text).replace("/", "\\/") + "}",
            "escaped letters", UrlParsersTest::escaped,
            "json in prose", text -> "Send this: {\"a\":" + JsonMapper.shared().writeValueAsString(text) + "} please",
            "percent",
                    text -> "/go?to="
                            + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"),
            "attribute", text -> "<a href=\"" + text.replace("&", "&amp;").replace("\"", "&quot;") + "\">x</a>",
            "references", UrlParsersTest::referenced,
            "blanks", text -> "\u00a0\ufeff " + text + " ",
            "line in a list", text -> "- x\n- \"" + text.replace("\"", "\\\"") + "\"\n");

    record Seen(String text, List<String> hosts) {}

    @Test
    @Tag("slow")
    void everyHostThatAParserSeesIsFoundOrInDoubt() {
        assertThat(TEXTS).hasSizeGreaterThan(500);
        TEXTS.forEach(seen -> assertSeen(seen.hosts(), seen.text()));
    }

    @Test
    @Tag("slow")
    void everyHostIsFoundOrInDoubtInEveryWrapping() {
        TEXTS.stream()
                .filter(seen -> isUnicode(seen.text()))
                .forEach(seen ->
                        WRAPPINGS.values().forEach(wrapping -> assertSeen(seen.hosts(), wrapping.apply(seen.text()))));
    }

    @Test
    @Tag("slow")
    void plainUrlIsCertainInEveryWrapping() {
        WRAPPINGS.forEach((name, wrapping) -> {
            var reached = ReachedDomains.inUris(List.of(wrapping.apply("https://a.example/b?c=1")));
            assertThat(reached.doubts()).as(name).isEmpty();
            assertThat(reached.domains()).as(name).containsExactly(new DomainName("a.example", false));
        });
    }

    @Property(tries = 3_000)
    @net.jqwik.api.Tag("slow")
    void wrappingsMayBeNested(
            @ForAll("texts") Seen seen, @ForAll("wrappings") @Size(max = 3) List<UnaryOperator<String>> wrappings) {
        var text = seen.text();
        for (var wrapping : wrappings) {
            text = wrapping.apply(text);
        }
        assertSeen(seen.hosts(), text);
    }

    @Property(tries = 5_000)
    @net.jqwik.api.Tag("slow")
    void changedTextsHoldNoHostOfTheJdkThatIsNotFound(
            @ForAll("texts") Seen seen, @ForAll("changes") @Size(max = 4) List<Change> changes) {
        var text = new StringBuilder(seen.text());
        changes.forEach(change -> text.insert(Math.floorMod(change.place(), text.length() + 1), change.part()));
        assertSeen(byJdk(text.toString()), text.toString());
    }

    record Change(int place, String part) {}

    @Provide
    Arbitrary<Seen> texts() {
        return Arbitraries.of(
                TEXTS.stream().filter(seen -> isUnicode(seen.text())).toList());
    }

    @Provide
    Arbitrary<List<UnaryOperator<String>>> wrappings() {
        return Arbitraries.of(List.copyOf(WRAPPINGS.values())).list();
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        var parts = Arbitraries.of(
                "/",
                "//",
                "\\",
                "@",
                ":",
                "?",
                "#",
                ".",
                "%",
                "%2f",
                "%40",
                "[",
                "]",
                "é",
                " ",
                "\t",
                "a",
                "1",
                "-",
                "_",
                ",",
                ";",
                "https:",
                "http://y.org/",
                "\"",
                "'",
                "<",
                ">",
                "\\u002f",
                "&#47;");
        return Arbitraries.integers()
                .between(0, 60)
                .flatMap(place -> parts.map(part -> new Change(place, part)))
                .list();
    }

    private static void assertSeen(List<String> hosts, String text) {
        var reached = ReachedDomains.inUris(List.of(text));
        if (reached.certain()) {
            assertThat(hosts.stream().map(DomainName::of))
                    .as("%s: %s", text, reached)
                    .allMatch(host -> host.filter(reached.domains()::contains).isPresent());
        }
    }

    private static List<String> byJdk(String text) {
        try {
            var uri = new URI(text);
            var web = uri.getScheme() != null && uri.getScheme().matches("(?i)https?|wss?");
            return Stream.ofNullable(web ? uri.getHost() : null).toList();
        } catch (URISyntaxException notAUri) {
            return List.of();
        }
    }

    private static String escaped(String text) {
        var json = new StringBuilder("{\"a\":\"");
        text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
        return json.append("\"}").toString();
    }

    private static String referenced(String text) {
        var html = new StringBuilder("<a href='");
        text.codePoints().forEach(c -> html.append("&#x%x;".formatted(c)));
        return html.append("'>").toString();
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static List<Seen> read() {
        try (var file = UrlParsersTest.class.getResourceAsStream("/urls/expected.json")) {
            var seen = new ArrayList<Seen>();
            for (var one : JsonMapper.shared().readTree(file)) {
                var text = one.get("text").asString();
                var hosts = Stream.concat(
                                Stream.of("node", "python").map(one::get).flatMap(UrlParsersTest::text),
                                byJdk(text).stream())
                        // No top-level domain ends in a backslash, so nobody can be reached there.
                        .map(host -> host.replaceFirst("\\\\$", ""))
                        .distinct()
                        .toList();
                seen.add(new Seen(text, hosts));
            }
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> text(JsonNode node) {
        return Optional.of(node).filter(JsonNode::isString).map(JsonNode::asString).stream();
    }
}
