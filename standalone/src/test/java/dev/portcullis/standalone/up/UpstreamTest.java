package dev.portcullis.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.standalone.process.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

class UpstreamTest {
    @Test
    void nameAndUrlAreRead() {
        assertThat(Upstream.parse("port-eu=https://mcp.port.io/v1?a=b"))
                .isEqualTo(new Upstream("port-eu", URI.create("https://mcp.port.io/v1?a=b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "=http://x",
                "X=http://x",
                "a b=http://x",
                "-a=http://x",
                "a=ftp://x",
                "a=x",
                "a=http:///v1",
                "a=http://user:secret@x",
                "a=http://x/#here",
                "a=http://x y"
            })
    void anythingElseIsOneSentence(String option) {
        assertThatThrownBy(() -> Upstream.parse(option))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("--upstream " + option + " (expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "a=http://127.0.0.1:3001/mcp,127.0.0.1:3001",
        "a=http://localhost/mcp,localhost:80",
        "a=https://[::1]/mcp,[::1]:443"
    })
    void addressOnThisMachineIsKnown(String option, String address) {
        assertThat(Upstream.parse(option).loopbackAddress()).contains(address);
    }

    @Test
    void addressElsewhereIsNoLoopback() {
        assertThat(Upstream.parse("a=http://192.0.2.1/mcp").loopbackAddress()).isEmpty();
    }

    @Test
    void loopbackUpstreamsAreRememberedForLaterStarts(@TempDir Path folder) {
        // Given
        var known = new LoopbackUpstreams(folder.resolve("loopback-upstreams"));
        known.remember(List.of(Upstream.parse("a=http://127.0.0.1:1/"), Upstream.parse("b=http://192.0.2.1/")));

        // When
        var remembered = known.remember(List.of(Upstream.parse("c=http://127.0.0.1:2/")));

        // Then
        assertThat(remembered).containsExactly("127.0.0.1:1", "127.0.0.1:2");
        assertThat(known.remember(List.of())).containsExactly("127.0.0.1:1", "127.0.0.1:2");
    }
}
