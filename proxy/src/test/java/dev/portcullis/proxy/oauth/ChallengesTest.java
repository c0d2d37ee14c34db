package dev.portcullis.proxy.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.http.Challenge;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class ChallengesTest {
    private static final String OWN = "https://gate.example/.well-known/oauth-protected-resource/mcp/r";
    private static final String POINTER = "resource_metadata=\"" + OWN + "\"";

    static Stream<Arguments> challenges() {
        return Stream.of(
                Arguments.of(List.of(), List.of("Bearer " + POINTER)),
                Arguments.of(List.of("Bearer"), List.of("Bearer " + POINTER)),
                Arguments.of(
                        List.of(
                                "Bearer resource_metadata=\"https://up.example/x\", scope=\"a b\", error=invalid_token"),
                        List.of("Bearer " + POINTER + ", scope=\"a b\", error=\"invalid_token\"")),
                Arguments.of(
                        List.of("bearer RESOURCE_METADATA=https, realm=\"say \\\"hi, there\\\" \\\\o\""),
                        List.of("bearer " + POINTER + ", realm=\"say \\\"hi, there\\\" \\\\o\"")),
                Arguments.of(
                        List.of("Basic realm=\"a, b\", charset=\"UTF-8\", Bearer realm=\"c\", error=\"invalid_token\""),
                        List.of(
                                "Basic realm=\"a, b\", charset=\"UTF-8\"",
                                "Bearer " + POINTER + ", realm=\"c\", error=\"invalid_token\"")),
                Arguments.of(
                        List.of("Negotiate", "Basic realm=\"x\"", "Bearer scope=\"s\""),
                        List.of("Negotiate", "Basic realm=\"x\"", "Bearer " + POINTER + ", scope=\"s\"")),
                Arguments.of(
                        List.of("Negotiate YWJjZA==, Bearer scope=\"s\""),
                        List.of("Negotiate YWJjZA==", "Bearer " + POINTER + ", scope=\"s\"")),
                Arguments.of(List.of("Basic realm=\"x\""), List.of("Basic realm=\"x\"", "Bearer " + POINTER)),
                // A proof for the gateway's URL proves nothing to the upstream.
                Arguments.of(
                        List.of("DPoP algs=\"ES256\", resource_metadata=\"https://up.example/x\""),
                        List.of("Bearer " + POINTER)),
                Arguments.of(
                        List.of("Negotiate, NTLM , ,Bearer a = b , c=\"d\","),
                        List.of("Negotiate", "NTLM", "Bearer " + POINTER + ", a=\"b\", c=\"d\"")),
                // What cannot be read is not guessed at.
                Arguments.of(List.of("\"\", ="), List.of("Bearer " + POINTER)),
                Arguments.of(List.of("Bearer realm=\"open, resource_metadata=x"), List.of("Bearer " + POINTER)),
                Arguments.of(List.of("Bearer a=b c=d"), List.of("Bearer " + POINTER)),
                Arguments.of(List.of("Bearer a=b;c=d"), List.of("Bearer " + POINTER)));
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void everyChallengeLeadsToTheGatewaysMetadata(List<String> fields, List<String> expected) {
        assertThat(Challenges.written(read(fields), Optional.of(OWN))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void noChallengeLeadsToTheUpstreams(List<String> fields, List<String> expected) {
        assertThat(Challenges.written(read(fields), Optional.empty()))
                .allSatisfy(field -> assertThat(field).doesNotContainIgnoringCase("resource_metadata"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\\\"", "a\\,"})
    void longQuotedStringIsRead(String characters) {
        // Given
        var quoted = "\"" + characters.repeat(30_000 / characters.length()) + "\"";

        // Then
        assertThat(Challenges.written(read(List.of("Bearer realm=" + quoted + ", scope=\"s\"")), Optional.of(OWN)))
                .singleElement()
                .asString()
                .startsWith("Bearer " + POINTER + ", realm=\"")
                .endsWith("scope=\"s\"");
        assertThat(read(List.of("Bearer realm=" + quoted.substring(0, quoted.length() - 1))))
                .as("without its end")
                .isEmpty();
    }

    private static List<Challenge> read(List<String> fields) {
        return Challenge.read(fields).orElse(List.of());
    }

    static Stream<Arguments> resources() {
        return Stream.of(
                Arguments.of("https://up.example/v1", true),
                Arguments.of("https://up.example/v1/", true),
                Arguments.of("https://up.example", true),
                Arguments.of("https://UP.example:443/", true),
                Arguments.of("https://up.example/v", false),
                Arguments.of("https://up.example/v1/more", false),
                Arguments.of("https://up.example.evil/v1", false),
                Arguments.of("http://up.example/v1", false),
                Arguments.of("https://up.example:8443/v1", false),
                Arguments.of("https://a@up.example/v1", false),
                Arguments.of("", false),
                Arguments.of("urn:x", false));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void resourceIsComparedAsClientsDo(String resource, boolean covers) {
        assertThat(ResourceMetadata.covers(resource, URI.create("https://up.example/v1")))
                .isEqualTo(covers);
    }
}
