package dev.portcullis.console.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.console.connect.Snippet.Language;
import dev.portcullis.policy.document.Route;
import dev.portcullis.policy.document.Route.Authentication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

class GuidesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PUBLIC = "https://mcp.acme.example";
    private static final String URL = PUBLIC + "/mcp/port-eu";

    @ParameterizedTest
    @EnumSource
    void everySnippetOfEveryClientSaysTheAddressAndHoldsNoKey(ConnectClient client) {
        for (var authentication : Authentication.values()) {
            var guide = guide(client, authentication);

            assertThat(guide.snippets())
                    .isNotEmpty()
                    .allSatisfy(
                            snippet -> assertThat(snippet.text()).contains(URL).doesNotContainPattern("pck_[a-z2-7]"));
            assertThat(guide.afterwards()).isNotEmpty();
            assertThat(guide.warnings().getFirst()).startsWith("Replace the client's entry");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyJsonSnippetHasOneServerNamedAsTheRoute(ConnectClient client) {
        guide(client, Authentication.GATEWAY).snippets().stream()
                .filter(snippet -> snippet.language() == Language.JSON)
                .forEach(snippet -> {
                    var file = JSON.readTree(snippet.text());
                    var root = file.path(client == ConnectClient.VS_CODE ? "servers" : "mcpServers");
                    assertThat(root.propertyNames()).as(snippet.text()).containsExactly("port-eu");
                });
    }

    @Test
    void openRouteNeedsNoHeader() {
        assertThat(text(guide(ConnectClient.CURSOR, Authentication.OPEN))).isEqualTo("""
                {
                  "mcpServers": {
                    "port-eu": {
                      "url": "https://mcp.acme.example/mcp/port-eu"
                    }
                  }
                }""");
        assertThat(text(guide(ConnectClient.CLAUDE_CODE, Authentication.OPEN)))
                .isEqualTo("claude mcp add --transport http port-eu " + URL);
        assertThat(text(guide(ConnectClient.CODEX, Authentication.OPEN)))
                .isEqualTo("codex mcp add port-eu --url " + URL);
    }

    @Test
    void keyIsWhereEachClientReadsIt() {
        assertThat(server(ConnectClient.CURSOR).at("/headers/Authorization").asString())
                .isEqualTo("Bearer ${env:PORTCULLIS_KEY}");
        var vsCode = JSON.readTree(text(guide(ConnectClient.VS_CODE, Authentication.GATEWAY)));
        assertThat(vsCode.at("/servers/port-eu/headers/Authorization").asString())
                .isEqualTo("Bearer ${input:" + vsCode.at("/inputs/0/id").asString() + "}");
        assertThat(vsCode.at("/inputs/0/password").asBoolean()).isTrue();
        assertThat(text(guide(ConnectClient.CLAUDE_CODE, Authentication.GATEWAY)))
                .endsWith("--header \"Authorization: Bearer $PORTCULLIS_KEY\"");
        assertThat(snippet(ConnectClient.CLAUDE_CODE, ".mcp.json").text()).contains("Bearer ${PORTCULLIS_KEY}");
        assertThat(snippet(ConnectClient.CODEX, "config.toml").text()).isEqualTo("""
                [mcp_servers.port-eu]
                url = "https://mcp.acme.example/mcp/port-eu"
                bearer_token_env_var = "PORTCULLIS_KEY"
                enabled = true""");
    }

    @Test
    void mcpRemoteIsGivenNoArgumentWithASpace() {
        // When
        var server = server(ConnectClient.MCP_REMOTE);

        // Then
        assertThat(texts(server.path("args")))
                .containsExactly("-y", McpRemote.PACKAGE, URL, "--header", "Authorization:${PORTCULLIS_AUTHORIZATION}")
                .noneMatch(argument -> argument.contains(" "));
        assertThat(server.at("/env/PORTCULLIS_AUTHORIZATION").asString()).startsWith("Bearer ");
        assertThat(server.toString()).doesNotContain("MCP_REMOTE_HEADER");
    }

    @Test
    void wslIsHandedTheVariable() {
        var server = JSON.readTree(snippet(ConnectClient.MCP_REMOTE, "Windows, with Node.js in WSL")
                        .text())
                .at("/mcpServers/port-eu");
        assertThat(server.path("command").asString()).isEqualTo("wsl");
        assertThat(texts(server.path("args"))).startsWith("/usr/bin/npx", "-y");
        assertThat(server.at("/env/WSLENV").asString()).isEqualTo("PORTCULLIS_AUTHORIZATION/u");
    }

    @Test
    void plainHttpIsAllowedByNameAndWarnedOf() {
        var guide = new Guides("http://gateway.acme.example:8080")
                .guide(route(Authentication.GATEWAY), ConnectClient.MCP_REMOTE, Optional.empty(), false);
        assertThat(text(guide)).contains("--allow-http");
        assertThat(guide.warnings()).anyMatch(warning -> warning.contains("Give the gateway TLS"));
        assertThat(text(guide(ConnectClient.MCP_REMOTE, Authentication.GATEWAY)))
                .doesNotContain("--allow-http");
    }

    @Test
    void addressOnLoopbackSaysWhatToSet() {
        var guide = new Guides("http://127.0.0.1:8080")
                .guide(route(Authentication.OPEN), ConnectClient.CURSOR, Optional.empty(), false);
        assertThat(guide.warnings()).anyMatch(warning -> warning.contains("set console.gatewayUrl"));
        assertThat(guide(ConnectClient.CURSOR, Authentication.OPEN).warnings())
                .noneMatch(warning -> warning.contains("console.gatewayUrl"))
                .anyMatch(warning -> warning.contains("served on loopback only"));
    }

    @Test
    void clientsThatStartMcpRemoteAreWarnedOfRecipesThatDoNothing() {
        for (var client : List.of(ConnectClient.CLAUDE_DESKTOP, ConnectClient.AUGMENT, ConnectClient.MCP_REMOTE)) {
            assertThat(guide(client, Authentication.OPEN).warnings())
                    .anyMatch(warning -> warning.startsWith("MCP_REMOTE_HEADER_… variables do nothing"))
                    .anyMatch(warning -> warning.contains("A space in an argument after --header is cut"));
        }
    }

    @Test
    void readOnlyWishIsAHeader() {
        var route = route(Authentication.OPEN);
        var guides = new Guides(PUBLIC);
        assertThat(text(guides.guide(route, ConnectClient.CLAUDE_CODE, Optional.empty(), true)))
                .endsWith("--header 'x-read-only-mode: 1'");
        assertThat(text(guides.guide(route, ConnectClient.MCP_REMOTE, Optional.empty(), true)))
                .contains("\"--header\", \"x-read-only-mode:1\"");
        assertThat(guides.guide(route, ConnectClient.CODEX, Optional.empty(), true)
                        .snippets())
                .singleElement()
                .satisfies(toml -> assertThat(toml.text()).contains("http_headers = { \"x-read-only-mode\" = \"1\" }"));
    }

    @Test
    void cursorLinkHoldsTheSameEntryAsTheFile() {
        // When
        var link =
                guide(ConnectClient.CURSOR, Authentication.GATEWAY).deepLink().orElseThrow();

        // Then
        assertThat(link).startsWith("cursor://anysphere.cursor-deeplink/mcp/install?name=port-eu&config=");
        var config = URLDecoder.decode(
                URI.create(link).getRawQuery().replaceFirst(".*&config=", ""), StandardCharsets.UTF_8);
        assertThat(JSON.readTree(Base64.getDecoder().decode(config))).isEqualTo(server(ConnectClient.CURSOR));
    }

    @Test
    void codeLinkAsksForTheKey() {
        // When
        var link =
                guide(ConnectClient.VS_CODE, Authentication.GATEWAY).deepLink().orElseThrow();

        // Then
        assertThat(link).startsWith("vscode:mcp/install?%7B").doesNotContain("+");
        var entry = JSON.readTree(URLDecoder.decode(link.replace("vscode:mcp/install?", ""), StandardCharsets.UTF_8));
        assertThat(entry.path("name").asString()).isEqualTo("port-eu");
        assertThat(entry.path("type").asString()).isEqualTo("http");
        assertThat(entry.path("url").asString()).isEqualTo(URL);
        assertThat(entry.at("/inputs/0/password").asBoolean()).isTrue();
    }

    @Test
    void otherClientsHaveNoLink() {
        assertThat(guide(ConnectClient.CLAUDE_CODE, Authentication.OPEN).deepLink())
                .isEmpty();
    }

    @Test
    void passthroughShowsNothingOfTheGateway() {
        var guide = guide(ConnectClient.CLAUDE_CODE, Authentication.PASSTHROUGH);
        assertThat(text(guide)).doesNotContain("--header");
        assertThat(guide.afterwards().getFirst()).contains("/mcp and then Authenticate", "the upstream's own");
        assertThat(guide.warnings()).anyMatch(warning -> warning.contains("is refused on this route"));
    }

    @Test
    void routeThatDoesNotTakeWhatIsShownIsNamed() {
        assertThatThrownBy(() -> new Guides(PUBLIC)
                        .guide(route(Authentication.OPEN), ConnectClient.CURSOR, Optional.of(Proof.KEY), false))
                .hasMessage("credential: key (expected: nothing on this route)");
    }

    @Test
    void namesOfTheRouteAreOtherAddresses() {
        var route = new Route(
                "port-eu",
                new Route.Upstream.Remote(URI.create("https://mcp.port.io/v1")),
                "port",
                Authentication.PASSTHROUGH,
                List.of("mcp.port.io"),
                Optional.empty(),
                false);
        assertThat(new Guides(PUBLIC)
                        .guide(route, ConnectClient.CURL, Optional.empty(), false)
                        .otherUrls())
                .containsExactly("https://mcp.port.io/v1");
    }

    private static JsonNode server(ConnectClient client) {
        return JSON.readTree(text(guide(client, Authentication.GATEWAY))).at("/mcpServers/port-eu");
    }

    private static Snippet snippet(ConnectClient client, String title) {
        return guide(client, Authentication.GATEWAY).snippets().stream()
                .filter(snippet -> snippet.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static ConnectGuide guide(ConnectClient client, Authentication authentication) {
        return new Guides(PUBLIC).guide(route(authentication), client, Optional.empty(), false);
    }

    private static String text(ConnectGuide guide) {
        return guide.snippets().getFirst().text();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static Route route(Authentication authentication) {
        return new Route("port-eu", new Route.Upstream.Sandbox(), "port", authentication);
    }
}
