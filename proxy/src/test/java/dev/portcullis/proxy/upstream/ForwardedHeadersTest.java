package dev.portcullis.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision.Obligations;
import dev.portcullis.policy.document.Route.Authentication;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class ForwardedHeadersTest {
    private static final Obligations NONE = new Obligations(Optional.empty(), Optional.empty());

    @Test
    void hopByHopHeadersAndTheOnesConnectionNamesStayHere() {
        var sent = upstream(
                Authentication.OPEN,
                NONE,
                "Connection: keep-alive, X-Mine",
                "X-Mine: 1",
                "TE: trailers",
                "Keep-Alive: 5",
                "Transfer-Encoding: chunked",
                "X-Other: 2");
        assertThat(names(sent)).containsExactly("X-Other", "accept-encoding");
    }

    @Test
    void claimsAboutTheCallerStayHere() {
        var sent = upstream(
                Authentication.PASSTHROUGH,
                NONE,
                "X-Forwarded-For: 10.0.0.1",
                "Forwarded: for=x",
                "X-Real-IP: 10.0.0.1",
                "Cookie: a=b",
                "Origin: http://x",
                "Host: y",
                "Portcullis-Caller: z");
        assertThat(names(sent)).containsExactly("accept-encoding");
    }

    @Test
    void credentialTravelsOnlyOnAPassthroughRoute() {
        assertThat(upstream(Authentication.OPEN, NONE, "Authorization: Bearer t")
                        .has("authorization"))
                .isFalse();
        assertThat(upstream(Authentication.PASSTHROUGH, NONE, "Authorization: Bearer t")
                        .first("authorization"))
                .contains("Bearer t");
    }

    @Test
    void callersCredentialStaysHereInWhateverFieldItStands() {
        var client = new String[] {
            "Authorization: Bearer eyJh.eyJp.c2ln",
            "X-Token: eyJh.eyJp.c2ln",
            "Baggage: t=eyJh.eyJp.c2ln;a=b",
            "X-Other: 2"
        };
        assertThat(names(upstream(Authentication.GATEWAY, NONE, client))).containsExactly("X-Other", "accept-encoding");
        assertThat(names(upstream(Authentication.OPEN, NONE, client))).containsExactly("X-Other", "accept-encoding");
        assertThat(names(upstream(Authentication.PASSTHROUGH, NONE, client)))
                .containsExactly("Authorization", "X-Token", "Baggage", "X-Other", "accept-encoding");
    }

    @Test
    void keyOfTheGatewayGoesToNoUpstream() {
        for (var authentication : Authentication.values()) {
            assertThat(names(upstream(authentication, NONE, "X-Api-Key: pck_abc", "X-Mine: k=pck_abc", "X-Other: 2")))
                    .as("%s", authentication)
                    .containsExactly("X-Other", "accept-encoding");
        }
    }

    @Test
    void controlHeadersAreThePolicysAndNotTheClients() {
        var client = new String[] {"x-read-only-mode: 0", "X-Allowed-Actions-To-Run: everything"};
        assertThat(names(upstream(Authentication.OPEN, NONE, client))).containsExactly("accept-encoding");
        var sent = upstream(
                Authentication.OPEN, new Obligations(Optional.of(true), Optional.of(List.of("a", "b"))), client);
        assertThat(sent.all("x-read-only-mode")).containsExactly("1");
        assertThat(sent.all("x-allowed-actions-to-run")).containsExactly("a,b");
    }

    @Test
    void emptyListOfActionsIsSentAsAnEmptyHeader() {
        var sent = upstream(Authentication.OPEN, new Obligations(Optional.of(false), Optional.of(List.of())));
        assertThat(sent.all("x-read-only-mode")).containsExactly("0");
        assertThat(sent.all("x-allowed-actions-to-run")).containsExactly("");
    }

    private static HeaderFields upstream(Authentication authentication, Obligations obligations, String... lines) {
        return ForwardedHeaders.upstream(fields(lines), authentication, obligations);
    }

    private static HeaderFields fields(String... lines) {
        return new HeaderFields(Arrays.stream(lines)
                .map(line -> new Field(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip()))
                .toList());
    }

    private static List<String> names(HeaderFields headers) {
        return headers.fields().stream().map(Field::name).toList();
    }
}
