package dev.portcullis.proxy.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceUriTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/motd",
                "https://example.com/a/b?c=d#e",
                "https://example.com:8443/a%20b",
                "github://Owner/repo",
                "urn:isbn:0451450523",
                "test://static-text",
                "test://template/{id}/data",
                "ui://widget/index.html",
                "https://example.com/a..b/.well-known/x",
                "file:///a%C3%BC"
            })
    void plainUrisPass(String uri) {
        assertThat(ResourceUri.isAmbiguous(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FILE:///etc/motd",
                "Https://example.com/",
                "https://EXAMPLE.com/",
                "https://example.com./",
                "https://user@example.com/",
                "https://example.com%2eevil.example/",
                "file:///a/../b",
                "file:///a/./b",
                "file:///a/..",
                "file:///%2e%2e/b",
                "file:///a%2Fb",
                "file:///a%5cb",
                "file:///%61",
                "file:///a%00",
                "file:///a%zz",
                "file:///a%",
                "../secret",
                "note://a/../../b"
            })
    void whatReadersWouldTakeForAnotherResourceIsAmbiguous(String uri) {
        assertThat(ResourceUri.isAmbiguous(uri)).isTrue();
    }
}
