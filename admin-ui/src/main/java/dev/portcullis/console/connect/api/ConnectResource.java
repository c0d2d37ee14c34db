package dev.portcullis.console.connect.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.connect.ConnectChoice;
import dev.portcullis.console.connect.ConnectClient;
import dev.portcullis.console.connect.ConnectGuide;
import dev.portcullis.console.connect.ConnectService;
import dev.portcullis.console.connect.Proof;
import dev.portcullis.console.connect.Snippet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `/api/v1/connect`: how clients are connected.
@RestController
@RequestMapping("/api/v1/connect")
@Tag(name = "connect", description = "What to write where, to connect a client to a route")
class ConnectResource {
    private final ConnectService connect;

    ConnectResource(ConnectService connect) {
        this.connect = connect;
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            String client,
            String title,
            String route,
            String url,
            List<String> otherUrls,
            String authentication,
            String credential,
            Optional<String> deepLink,
            List<SnippetView> snippets,
            List<String> afterwards,
            List<String> warnings) {

        static View of(ConnectGuide guide) {
            return new View(
                    guide.client().wireName(),
                    guide.client().title(),
                    guide.route(),
                    guide.url(),
                    guide.otherUrls(),
                    guide.authentication().wireName(),
                    guide.proof().wireName(),
                    guide.deepLink(),
                    guide.snippets().stream().map(SnippetView::of).toList(),
                    guide.afterwards(),
                    guide.warnings());
        }
    }

    record SnippetView(String title, String language, String text, List<Snippet.Place> places) {
        static SnippetView of(Snippet snippet) {
            return new SnippetView(
                    snippet.title(),
                    snippet.language().name().toLowerCase(Locale.ROOT),
                    snippet.text(),
                    snippet.places());
        }
    }

    @GetMapping("/snippets")
    @Operation(
            summary = "How a client is connected to a route of the policy in force; all clients when none is named",
            description =
                    "`client` is cursor, vscode, claude-code, claude, codex, augment, mcp-remote or curl; `credential` is key"
                            + " or sign-in, on routes that take both. No snippet has a secret in it.")
    Page<View> snippets(
            @RequestParam String route,
            @RequestParam Optional<String> client,
            @RequestParam Optional<String> credential,
            @RequestParam(defaultValue = "false") boolean readOnly) {
        var clients = client.map(name -> List.of(client(name))).orElse(List.of(ConnectClient.values()));
        try {
            var proof = credential.map(ConnectResource::proof);
            return new Page<>(
                    clients.stream()
                            .map(each -> connect.guide(new ConnectChoice(each, route, proof, readOnly))
                                    .orElseThrow(() ->
                                            new NotFoundException("The policy in force has no route " + route + ".")))
                            .map(View::of)
                            .toList(),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static ConnectClient client(String name) {
        return ConnectClient.named(name)
                .orElseThrow(() -> new BadRequestException("client: " + name + " (expected: one of "
                        + String.join(
                                ", ",
                                Arrays.stream(ConnectClient.values())
                                        .map(ConnectClient::wireName)
                                        .toList())
                        + ")"));
    }

    private static Proof proof(String name) {
        return Proof.named(name)
                .orElseThrow(() -> new IllegalArgumentException("credential: " + name + " (expected: key or sign-in)"));
    }
}
