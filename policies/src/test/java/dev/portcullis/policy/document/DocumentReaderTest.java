package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.profile.ToolClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class DocumentReaderTest {
    private static final String HEAD = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: https://mcp.port.io/v1, profile: port}
              sand: {upstream: sandbox}
            """;

    private static final Route NO_ROUTE =
            new Route("none", new Route.Upstream.Sandbox(), "none", Route.Authentication.OPEN);

    @Test
    void everythingASupportedDocumentCanSayIsRead() {
        // Given
        var text = HEAD + """
                rules:
                  - id: everyone-reads
                    description: Nobody writes
                    mode: observe
                    match: {routes: ["port-*"], networks: [10.0.0.0/8, "2001:db8::/32"], classes: [write, admin]}
                    except: {groups: [platform]}
                    readOnly: true
                    message: Ask platform@acme.example.
                  - {id: few, allowedTools: ["list_*"]}
                  - {id: there, match: {uris: ["https://*"]}, allowedDomains: [Bücher.Example., "*.x.org", "[2001:db8::1]"]}
                tools:
                  port-eu: {upsert_entity: {class: read}}
                """;

        // When
        var document = valid(text);

        // Then
        assertThat(document.organization()).isEqualTo("acme");
        assertThat(document.routes().getOrDefault("port-eu", NO_ROUTE).authentication())
                .isEqualTo(Route.Authentication.PASSTHROUGH);
        assertThat(document.routes().getOrDefault("sand", NO_ROUTE).authentication())
                .isEqualTo(Route.Authentication.OPEN);
        assertThat(document.routes().getOrDefault("sand", NO_ROUTE).profile()).isEqualTo("generic");
        var rule = document.rules().getFirst();
        assertThat(rule.mode()).isEqualTo(Rule.Mode.OBSERVE);
        assertThat(rule.match().routes()).contains(List.of(new Glob("port-*")));
        assertThat(rule.match().classes()).contains(List.of(ToolClass.WRITE, ToolClass.ADMIN));
        assertThat(rule.except().orElseThrow().groups()).contains(List.of(new Glob("platform")));
        assertThat(rule.restriction()).isEqualTo(new Restriction.ReadOnly());
        assertThat(rule.message()).contains("Ask platform@acme.example.");
        assertThat(document.rules().getLast().match().uris()).contains(List.of(new Glob("https://*")));
        assertThat(document.rules().getLast().restriction())
                .isInstanceOfSatisfying(
                        Restriction.AllowedDomains.class,
                        there -> assertThat(there.domains())
                                .extracting(DomainPattern::toString)
                                .containsExactly("xn--bcher-kva.example", "*.x.org", "2001:db8:0:0:0:0:0:1"));
        assertThat(document.tools().get("port-eu"))
                .containsEntry("upsert_entity", new ReviewedTool(ToolClass.READ, Optional.empty()));
    }

    @Test
    void jsonReadsLikeYaml() {
        // Given
        var json = """
                {
                \t"apiVersion": "portcullis/v1", "organization": "acme \\u00e9 \\/",
                \t"routes": {"sand": {"upstream": "sandbox"}},
                \t"rules": [{"id": "reads", "readOnly": true}]
                }""";

        // When
        var document = valid(json);

        // Then
        assertThat(document.organization()).isEqualTo("acme é /");
        assertThat(document.rules()).hasSize(1);
    }

    /// The rule's key and value, the pointer of the problem, and the suggestion when there is one.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: a, readonly: true                         | /rules/0/readonly             | readOnly
            id: a, allowedNetwork: [10.0.0.0/8]           | /rules/0/allowedNetwork       | allowedNetworks
            id: a, allowedNetworks: [10.0.0.1/8]          | /rules/0/allowedNetworks/0    | 10.0.0.0/8
            id: a, allowedNetworks: [10.0.0.1]            | /rules/0/allowedNetworks/0    | 10.0.0.1/32
            id: a, allowedNetworks: ['2001:db8::1/32']    | /rules/0/allowedNetworks/0    | 2001:db8:0:0:0:0:0:0/32
            id: a, allowedNetworks: ['::ffff:10.0.0.0/104'] | /rules/0/allowedNetworks/0  |
            id: a, allowedNetworks: [010.0.0.0/8]         | /rules/0/allowedNetworks/0    |
            id: a, allowedNetworks: [10.0.0.0/33]         | /rules/0/allowedNetworks/0    |
            id: a, allowedNetworks: ['fe80::%eth0/64']    | /rules/0/allowedNetworks/0    |
            id: a, allowedNetworks: [example.org/8]       | /rules/0/allowedNetworks/0    |
            id: a, readOnly: 'true'                       | /rules/0/readOnly             |
            id: a, readOnly: false                        | /rules/0/readOnly             |
            id: a, deny: yes                              | /rules/0/deny                 |
            id: a                                         | /rules/0                      |
            id: a, readOnly: true, deny: true             | /rules/0                      |
            readOnly: true                                | /rules/0/id                   |
            id: 'a b', readOnly: true                     | /rules/0/id                   | a-b
            id: 'kill:a', readOnly: true                  | /rules/0/id                   | kill-a
            id: 7, readOnly: true                         | /rules/0/id                   | "7"
            id: a, mode: observ, readOnly: true           | /rules/0/mode                 | observe
            id: a, deniedTools: ['']                      | /rules/0/deniedTools/0        |
            id: a, deniedTools: ['a**b']                  | /rules/0/deniedTools/0        | a*b
            id: a, deniedTools: ['get_?']                 | /rules/0/deniedTools/0        |
            id: a, deniedTools: ['get_[ab]']              | /rules/0/deniedTools/0        |
            id: a, deniedTools: get_a                     | /rules/0/deniedTools          |
            id: a, allowedActions: ['deploy_*']           | /rules/0/allowedActions/0     |
            id: a, allowedActions: [12]                   | /rules/0/allowedActions/0     | "12"
            id: a, allowedActions:                        | /rules/0/allowedActions       |
            id: a, blockedDomains: ['https://x.org/']     | /rules/0/blockedDomains/0     | x.org
            id: a, blockedDomains: ['*.X.org:443']        | /rules/0/blockedDomains/0     | *.x.org
            id: a, allowedDomains: ['*']                  | /rules/0/allowedDomains/0     |
            id: a, allowedDomains: ['a*.x.org']           | /rules/0/allowedDomains/0     |
            id: a, allowedDomains: ['*.192.0.2.7']        | /rules/0/allowedDomains/0     |
            id: a, allowedDomains: ['a_b.org']            | /rules/0/allowedDomains/0     |
            id: a, allowedDomains: [x..org]               | /rules/0/allowedDomains/0     |
            id: a, allowedDomains: [0x7f.1]               | /rules/0/allowedDomains/0     |
            id: a, allowedDomains: x.org                  | /rules/0/allowedDomains       |
            id: a, allowedDomain: [x.org]                 | /rules/0/allowedDomain        | allowedDomains
            id: a, deny: true, match: {uri: [x]}          | /rules/0/match/uri            | uris
            id: a, deny: true, match: {tool: [x]}         | /rules/0/match/tool           | tools
            id: a, deny: true, match: {classes: [writ]}   | /rules/0/match/classes/0      | write
            id: a, deny: true, match: [x]                 | /rules/0/match                |
            id: a, deny: true, except: {routes: [1]}      | /rules/0/except/routes/0      | "1"
            """)
    void wrongRuleIsNamedWithItsLineAndTheNearestRightThing(String rule, String path, String suggestion) {
        // When
        var errors = errors(HEAD + "rules:\n  - {" + rule + "}\n");

        // Then
        assertThat(errors).anySatisfy(error -> {
            assertThat(error.path()).isEqualTo(path);
            assertThat(error.line()).isEqualTo(7);
            assertThat(error.suggestion()).isEqualTo(Optional.ofNullable(suggestion));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            r: {upstream: sandbox, hosts: 'mcp.port.io'}          | /routes/r/hosts            | a list
            r: {upstream: sandbox, hosts: ['mcp.port.io:443']}    | /routes/r/hosts/0          | without port
            r: {upstream: sandbox, hosts: ['10.0.0.1']}           | /routes/r/hosts/0          | host name
            r: {upstream: sandbox, hosts: ['*.port.io']}          | /routes/r/hosts/0          | host name
            r: {upstream: sandbox, credential: a}                 | /routes/r/credential       | authentication: gateway
            r: {upstream: sandbox, authentication: passthrough, credential: a} | /routes/r/credential | authentication: gateway
            r: {upstream: sandbox, authentication: gateway, credential: 'A B'} | /routes/r/credential | lower case
            r: {upstream: sandbox, trustAnnotations: maybe}       | /routes/r/trustAnnotations | true or false
            r: {upstream: sandbox, authentication: opn}           | /routes/r/authentication   | open
            r: {upstream: sandbox, profile: prot}                 | /routes/r/profile          | generic
            r: {upstream: sandbx}                                 | /routes/r/upstream         | sandbox
            r: {upstream: 'ftp://a/b'}                            | /routes/r/upstream         | http
            r: {upstream: 'https://user:pass@a/b'}                | /routes/r/upstream         | user information
            r: {upstream: 'https://a/b#c'}                        | /routes/r/upstream         | fragment
            r: {upstream: 'https:///b'}                           | /routes/r/upstream         | http
            r: {profile: port}                                    | /routes/r/upstream         | http
            R: {upstream: sandbox}                                | /routes/R                  | lower case
            r: sandbox                                            | /routes/r                  | a mapping
            """)
    void wrongRouteIsNamed(String route, String path, String expected) {
        // When
        var errors = errors("apiVersion: portcullis/v1\norganization: acme\nroutes:\n  " + route + "\n");

        // Then
        assertThat(errors).anySatisfy(error -> {
            assertThat(error.path()).isEqualTo(path);
            assertThat(error.expected()).contains(expected);
            assertThat(error.line()).isEqualTo(4);
        });
    }

    @Test
    void trustAnnotationsMayBeFalse() {
        assertThat(valid(HEAD.replace("{upstream: sandbox}", "{upstream: sandbox, trustAnnotations: false}"))
                        .routes())
                .containsKey("sand");
    }

    @Test
    void allErrorsAreNamedAtOnceInTheOrderOfTheLines() {
        // Given
        var text = """
                apiVersion: portcullis/v2
                rule: []
                routes:
                  a: {upstream: 5}
                tools:
                  b: {x: {class: wrong}}
                """;

        // When
        var errors = errors(text);

        // Then
        assertThat(errors)
                .extracting(DocumentProblem::path)
                .containsExactlyInAnyOrder(
                        "/apiVersion", "/rule", "/organization", "/routes/a/upstream", "/tools/b", "/tools/b/x/class");
        assertThat(errors).extracting(DocumentProblem::line).isSorted();
    }

    @Test
    void duplicateKeyNamesTheLineOfTheFirst() {
        // When
        var errors = errors("apiVersion: portcullis/v1\norganization: a\norganization: b\n");

        // Then
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.line()).isEqualTo(3);
            assertThat(error.expected()).contains("line 2");
        });
    }

    @Test
    void duplicateRuleIdNamesTheLineOfTheFirst() {
        // When
        var errors = errors(HEAD + "rules:\n  - {id: a, deny: true}\n  - {id: a, readOnly: true}\n");

        // Then
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo("/rules/1/id");
            assertThat(error.line()).isEqualTo(8);
            assertThat(error.expected()).contains("line 7");
        });
    }

    @Test
    void toolsOfAnUnknownRouteAreAnError() {
        // When
        var errors = errors(HEAD + "tools:\n  port-ue: {x: {class: read}}\n");

        // Then
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.suggestion()).contains("port-eu"));
    }

    @Test
    void routeAnswersAtItsHostsWithTheUpstreamsPath() {
        // When
        var document = valid("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  eu: {upstream: "https://mcp.port.io/v1", authentication: gateway, credential: port-eu, hosts: [MCP.port.io.]}
                  us: {upstream: "https://mcp.us.port.io", hosts: [mcp.us.port.io]}
                  sand: {upstream: sandbox, hosts: [mcp.us.port.io]}
                """);

        // Then
        assertThat(document.routeAt("mcp.port.io", "/v1")).get().satisfies(route -> {
            assertThat(route.name()).isEqualTo("eu");
            assertThat(route.credential()).contains("port-eu");
            assertThat(route.authentication()).isEqualTo(Route.Authentication.GATEWAY);
        });
        assertThat(document.routeAt("mcp.port.io", "/mcp/eu")).isEmpty();
        assertThat(document.routeAt("mcp.us.port.io", "/")).map(Route::name).contains("us");
        assertThat(document.routeAt("mcp.us.port.io", "/v1")).map(Route::name).contains("sand");
        assertThat(document.answersAt("port.io")).isFalse();
    }

    @Test
    void twoRoutesCannotAnswerAtTheSamePlace() {
        // When
        var errors = errors("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  a: {upstream: "https://a.example/v1", hosts: [x.example, mcp.port.io]}
                  b: {upstream: "https://b.example/v1", hosts: [mcp.port.io]}
                """);

        // Then
        assertThat(errors)
                .singleElement()
                .satisfies(error ->
                        assertThat(error.expected()).isEqualTo("hosts of its own: route a answers at mcp.port.io/v1"));
    }

    static List<DocumentProblem> errors(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Invalid invalid -> invalid.errors();
            case ReadResult.Valid valid -> throw new AssertionError("valid: " + valid.document());
        };
    }

    static PolicyDocument valid(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }
}
