package dev.portcullis.console;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.console.signin.SignInSettings;
import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.storage.StorageSettings;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.secrets.MasterKey;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A console on a database of its own, and a client of its REST API.
///
/// Starting one takes seconds, so test classes share [#shared]; each uses names of its own in it.
public final class RunningConsole implements AutoCloseable {
    /// A valid document of one rule, whose message can be told apart.
    public static final String DOCUMENT = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu:
                upstream: sandbox
                profile: port
                authentication: open
            rules:
              - id: read-only-by-default
                readOnly: true
                message: %s
            """;

    private static final JsonMapper JSON = JsonMapper.shared();

    public static final Secret MASTER_KEY = MasterKey.generate();

    private final TestDatabase database = TestDatabase.create();
    private final FirstStart.Result first = FirstStart.prepare(database.dataSource());
    private final Console console;
    private final HttpClient client = HttpClient.newHttpClient();

    public RunningConsole() {
        this(new PolicyOwner.Console());
    }

    public RunningConsole(PolicyOwner owner) {
        this(owner, TrailSettings.usual(), _ -> {});
    }

    public RunningConsole(List<SinkSettings> sinks) {
        this(new PolicyOwner.Console(), new TrailSettings(StorageSettings.usual(), Optional.empty(), sinks), _ -> {});
    }

    /// One to which people come otherwise.
    public static RunningConsole with(SignInSettings signIn) {
        return new RunningConsole(new PolicyOwner.Console(), TrailSettings.usual(), signIn, _ -> {});
    }

    /// @param before what is done to the database before the console starts
    public RunningConsole(PolicyOwner owner, TrailSettings trail, Consumer<TestDatabase> before) {
        this(owner, trail, SignInSettings.usual(), before);
    }

    /// One that reaches its database by another driver.
    ///
    /// @param before what is done to the database before the console starts
    /// @param address makes that driver's address from the usual one
    public RunningConsole(Consumer<TestDatabase> before, UnaryOperator<String> address) {
        this(new PolicyOwner.Console(), TrailSettings.usual(), SignInSettings.usual(), before, address);
    }

    /// One that reaches its database another way, and sends what is recorded.
    public RunningConsole(List<SinkSettings> sinks, UnaryOperator<String> address) {
        this(
                new PolicyOwner.Console(),
                new TrailSettings(StorageSettings.usual(), Optional.empty(), sinks),
                SignInSettings.usual(),
                _ -> {},
                address);
    }

    private RunningConsole(
            PolicyOwner owner, TrailSettings trail, SignInSettings signIn, Consumer<TestDatabase> before) {
        this(owner, trail, signIn, before, UnaryOperator.identity());
    }

    private RunningConsole(
            PolicyOwner owner,
            TrailSettings trail,
            SignInSettings signIn,
            Consumer<TestDatabase> before,
            UnaryOperator<String> address) {
        before.accept(database);
        console = Console.start(new ConsoleSettings(
                InetAddress.getLoopbackAddress(),
                0,
                settings(database, address),
                "http://127.0.0.1:8080",
                Optional.of(MASTER_KEY),
                PolicySettings.usual(),
                owner,
                trail,
                signIn));
    }

    /// The one that lives as long as the JVM.
    public static RunningConsole shared() {
        return Shared.CONSOLE;
    }

    private static final class Shared {
        static final RunningConsole CONSOLE = new RunningConsole();
    }

    private static DatabaseSettings settings(TestDatabase database, UnaryOperator<String> address) {
        return new DatabaseSettings(address.apply(database.url()), database.user(), new Secret(database.password()));
    }

    /// The beans of the running console.
    public ApplicationContext parts() {
        return console.parts();
    }

    public TestDatabase database() {
        return database;
    }

    public String firstPassword() {
        return first.firstPassword().orElseThrow();
    }

    public String token() {
        return first.adminToken().orElseThrow();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + console.port() + path);
    }

    /// A token with these roles only.
    public String tokenWith(String... roles) {
        var token = AdminToken.random();
        DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .insertInto(ADMIN_TOKENS)
                .set(ADMIN_TOKENS.ID, UUID.randomUUID())
                .set(ADMIN_TOKENS.NAME, "test")
                .set(ADMIN_TOKENS.TOKEN_HASH, token.hash())
                .set(ADMIN_TOKENS.ROLES, roles)
                .execute();
        return token.text();
    }

    /// What was recorded under this name, newest first: actor and event.
    public List<String> events(String event) {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .selectFrom(ADMIN_EVENTS)
                .where(ADMIN_EVENTS.EVENT.eq(event))
                .orderBy(ADMIN_EVENTS.OCCURRED_AT.desc())
                .fetch(row -> row.getActor() + " " + row.getEvent());
    }

    /// What was recorded about this subject, oldest first: event and sorted details.
    public List<String> eventDetails(String subject) {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                .selectFrom(ADMIN_EVENTS)
                .where(ADMIN_EVENTS.SUBJECT.eq(subject))
                .orderBy(ADMIN_EVENTS.OCCURRED_AT)
                .fetch(row -> row.getEvent() + " " + sorted(row.getDetail().data()));
    }

    private static TreeMap<String, String> sorted(String detail) {
        var sorted = new TreeMap<String, String>();
        JSON.readTree(detail)
                .properties()
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue().asString()));
        return sorted;
    }

    /// A request with the first admin token.
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token());
    }

    public HttpResponse<String> getAs(String token, String path) {
        return send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token));
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    public HttpResponse<String> send(String method, String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).method(method, BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        console.close();
        database.close();
    }
}
