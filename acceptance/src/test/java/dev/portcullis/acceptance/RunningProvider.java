package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.acceptance.provider.Accounts;
import dev.portcullis.acceptance.provider.IdentityProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.Closeable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The [IdentityProvider] in a process of its own, and what its users get from it.
final class RunningProvider implements Closeable {
    private static final String TENANT = "/acme";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final URI origin = URI.create("http://127.0.0.1:" + LaunchedCommand.freePort());
    private final List<String> issued = new ArrayList<>();
    private int starts;
    private LaunchedCommand process;

    private RunningProvider(Path folder) {
        this.folder = folder;
        this.process = launch();
    }

    /// Starts it; it need not be ready yet.
    ///
    /// @param folder keeps its keys
    static RunningProvider start(Path folder) {
        return new RunningProvider(folder);
    }

    String authority() {
        return origin.getAuthority();
    }

    /// The issuer of people's and programs' tokens.
    String issuer() {
        return origin + TENANT;
    }

    /// The issuer of the tokens of jobs.
    String actions() {
        return origin + "/actions";
    }

    URI tokenEndpoint() {
        return URI.create(issuer() + "/oauth2/token");
    }

    URI keys() {
        return URI.create(issuer() + "/oauth2/jwks");
    }

    void awaitReady() {
        process.awaitAnswer(keys());
    }

    /// Ends the process; its keys are kept.
    void stop() {
        process.close();
    }

    /// Starts it again on the same port.
    void restart() {
        process = launch();
        awaitReady();
    }

    /// Signs somebody in, who allows the laptop's program to use a resource.
    String tokenOf(String person, String resource) {
        return noted(new SignIn(issuer()).tokenOf(person, resource));
    }

    /// A token that is over after a second.
    String hastyToken(String resource) {
        return clientsToken(TENANT, Accounts.HASTY, Accounts.HASTY, resource);
    }

    /// A token of another customer of the same provider, signed with the same keys.
    String strangersToken(String resource) {
        return clientsToken("/umbrella", Accounts.HASTY, Accounts.HASTY, resource);
    }

    /// What a job of a repository gets from the build service.
    String jobsToken(String repository, String audience) {
        var query = form(Map.of("repository", repository, "audience", audience));
        return noted(
                get(URI.create(actions() + "/token?" + query)).required("value").asString());
    }

    /// All tokens that were got through this object.
    List<String> issued() {
        return List.copyOf(issued);
    }

    /// New keys in the place of the old ones.
    void rotateKeys() {
        assertThat(send(HttpRequest.newBuilder(origin.resolve("/keys")).POST(BodyPublishers.noBody())))
                .isEmpty();
    }

    JsonNode get(URI address) {
        return JSON.readTree(send(HttpRequest.newBuilder(address)));
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }

    private String clientsToken(String tenant, String client, String secret, String resource) {
        var asked = new LinkedHashMap<String, String>();
        asked.put("grant_type", "client_credentials");
        asked.put("client_id", client);
        asked.put("client_secret", secret);
        asked.put("resource", resource);
        var answer = send(HttpRequest.newBuilder(origin.resolve(tenant + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(asked))));
        return noted(JSON.readTree(answer).required("access_token").asString());
    }

    private String noted(String token) {
        issued.add(token);
        return token;
    }

    private String send(HttpRequest.Builder request) {
        var answer = SignIn.send(http, request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private LaunchedCommand launch() {
        return LaunchedCommand.startProgram(
                "provider-" + origin.getPort() + "-" + ++starts,
                IdentityProvider.class,
                List.of(
                        Integer.toString(origin.getPort()),
                        folder.resolve("provider-keys.json").toString()));
    }

    static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
