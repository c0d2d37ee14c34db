package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.CREDENTIALS;
import static dev.portcullis.database.gateway.Tables.DATA_KEYS;
import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.proxy.ProxyMain;
import dev.portcullis.proxy.RunningProxy;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.CallLimitSettings;
import dev.portcullis.proxy.config.ChainSettings;
import dev.portcullis.proxy.config.EngineSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.ManagementSettings;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.config.TlsSettings;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.fixture.TemporaryJournals;
import dev.portcullis.secrets.ApiKey;
import dev.portcullis.secrets.CredentialSettings;
import dev.portcullis.secrets.KeyHasher;
import dev.portcullis.secrets.MasterKey;
import dev.portcullis.secrets.UpstreamCredential;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/// A whole proxy replica on a real PostgreSQL, as an operator would run it.
public final class ProxyUnderTest implements AutoCloseable {
    private static final Secret MASTER_KEY = MasterKey.generate();
    private static final byte[] HASHER_KEY = KeyHasher.newKey();

    private final TestDatabase database = TestDatabase.create();
    private final TemporaryJournals journals = new TemporaryJournals();
    private final DSLContext sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    private final BiFunction<String, ManagementSettings, ProxyConfig> config;
    private final RunningProxy proxy;

    public ProxyUnderTest(String policy, Limits limits, Set<String> loopbackUpstreams)
            throws IOException, InterruptedException {
        this(policy, limits, loopbackUpstreams, AuditSettings.defaults());
    }

    public ProxyUnderTest(String policy, Limits limits, Set<String> loopbackUpstreams, AuditSettings audit)
            throws IOException, InterruptedException {
        this(policy, limits, loopbackUpstreams, audit, Optional.empty());
    }

    /// @param policy the first published document
    /// @param loopbackUpstreams `host:port` of the upstreams that the document may name
    public ProxyUnderTest(
            String policy, Limits limits, Set<String> loopbackUpstreams, AuditSettings audit, Optional<TlsSettings> tls)
            throws IOException, InterruptedException {
        this(policy, limits, loopbackUpstreams, audit, tls, IdentitySettings.none());
    }

    /// @param identity who vouches for callers of routes with `authentication: gateway`
    public ProxyUnderTest(
            String policy,
            Limits limits,
            Set<String> loopbackUpstreams,
            AuditSettings audit,
            Optional<TlsSettings> tls,
            IdentitySettings identity)
            throws IOException, InterruptedException {
        this(policy, limits, loopbackUpstreams, audit, tls, identity, AddressSettings.direct());
    }

    /// @param addresses which proxies stand before the gateway
    public ProxyUnderTest(
            String policy,
            Limits limits,
            Set<String> loopbackUpstreams,
            AuditSettings audit,
            Optional<TlsSettings> tls,
            IdentitySettings identity,
            AddressSettings addresses)
            throws IOException, InterruptedException {
        this(policy, limits, loopbackUpstreams, audit, tls, identity, addresses, CallLimitSettings.defaults());
    }

    /// @param callLimits how limits of the policy are counted
    public ProxyUnderTest(
            String policy,
            Limits limits,
            Set<String> loopbackUpstreams,
            AuditSettings audit,
            Optional<TlsSettings> tls,
            IdentitySettings identity,
            AddressSettings addresses,
            CallLimitSettings callLimits)
            throws IOException, InterruptedException {
        this(
                policy,
                limits,
                loopbackUpstreams,
                audit,
                tls,
                identity,
                addresses,
                callLimits,
                new EngineSettings.Embedded());
    }

    /// A replica whose policy is evaluated by `engine`.
    public static ProxyUnderTest decidedBy(EngineSettings engine, String policy, Set<String> loopbackUpstreams)
            throws IOException, InterruptedException {
        return new ProxyUnderTest(
                policy,
                Limits.defaults(),
                loopbackUpstreams,
                AuditSettings.defaults(),
                Optional.empty(),
                IdentitySettings.none(),
                AddressSettings.direct(),
                CallLimitSettings.defaults(),
                engine);
    }

    private ProxyUnderTest(
            String policy,
            Limits limits,
            Set<String> loopbackUpstreams,
            AuditSettings audit,
            Optional<TlsSettings> tls,
            IdentitySettings identity,
            AddressSettings addresses,
            CallLimitSettings callLimits,
            EngineSettings engine)
            throws IOException, InterruptedException {
        insertPolicy(policy);
        config = (replica, management) -> new ProxyConfig(
                replica,
                loopback(),
                false,
                Set.of("gateway.example"),
                Optional.empty(),
                Set.of("https://app.example"),
                limits,
                management,
                new DatabaseSettings(database.url(), database.user(), new Secret(database.password())),
                new Upstreams(
                        Optional.empty(), loopbackUpstreams, Duration.ofSeconds(2), 100, Optional.empty(), List.of()),
                journals.with(audit),
                tls,
                identity,
                Optional.of(MASTER_KEY),
                addresses,
                engine,
                PolicySettings.usual(),
                callLimits,
                ChainSettings.defaults());
        proxy = ProxyMain.start(config.apply("replica-1", ManagementSettings.at(loopback())));
    }

    /// Another replica on the same database; whoever starts it closes it.
    public RunningProxy anotherReplica(String name) throws IOException, InterruptedException {
        return anotherReplica(name, ManagementSettings.at(loopback()));
    }

    /// Another replica, which has a management port of its own kind.
    public RunningProxy anotherReplica(String name, ManagementSettings management)
            throws IOException, InterruptedException {
        return ProxyMain.start(config.apply(name, management));
    }

    public int port() {
        return proxy.port();
    }

    public DSLContext sql() {
        return sql;
    }

    /// Publishes, and waits until the replica says that it obeys.
    public void publish(String policy) {
        var version = insertPolicy(policy);
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(5))
                .until(() -> version
                        == sql.select(REPLICAS.POLICY_VERSION).from(REPLICAS).fetchOne(0, long.class));
    }

    /// Engages a kill, and waits until the replica says that it obeys.
    public UUID kill(String scope, String reason) {
        return kill(scope, "{}", reason);
    }

    /// The same, with members of some groups exempt.
    public UUID kill(String scope, String exempt, String reason) {
        var id = UUID.randomUUID();
        sql.insertInto(KILLS)
                .set(KILLS.ID, id)
                .set(KILLS.SCOPE, JSONB.valueOf(scope))
                .set(KILLS.EXEMPT, JSONB.valueOf(exempt))
                .set(KILLS.REASON, reason)
                .set(KILLS.ENGAGED_BY, "test")
                .execute();
        var acknowledgements = dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(5))
                .until(() -> sql.fetchExists(acknowledgements, acknowledgements.KILL.eq(id)));
        return id;
    }

    /// Releases one kill; when the replica knows is another matter.
    public void release(UUID kill) {
        sql.update(KILLS)
                .set(KILLS.RELEASED_BY, "test")
                .set(KILLS.RELEASED_AT, DSL.currentOffsetDateTime())
                .where(KILLS.ID.eq(kill))
                .execute();
    }

    /// Releases every kill, and waits until the replica's metrics say so.
    public void releaseKills() {
        sql.update(KILLS)
                .set(KILLS.RELEASED_BY, "test")
                .set(KILLS.RELEASED_AT, DSL.currentOffsetDateTime())
                .where(KILLS.RELEASED_AT.isNull())
                .execute();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(5))
                .until(() -> metrics().contains("portcullis_kills_engaged 0.0"));
    }

    /// Makes a key as the console does, and returns it as its holder has it.
    ///
    /// @param routes what it is good for; null for every route
    public ApiKey addKey(String name, String @Nullable [] routes, String[] networks, @Nullable OffsetDateTime expires) {
        return addKey(name, routes, networks, expires, "developers");
    }

    /// Makes a key for every route, whose holder is of these groups.
    public ApiKey addMember(String name, String... groups) {
        return addKey(name, null, new String[0], null, groups);
    }

    private ApiKey addKey(
            String name,
            String @Nullable [] routes,
            String[] networks,
            @Nullable OffsetDateTime expires,
            String... groups) {
        sql.insertInto(DATA_KEYS)
                .set(DATA_KEYS.NAME, "api_keys")
                .set(DATA_KEYS.WRAPPED, MasterKey.read(MASTER_KEY).encrypt(HASHER_KEY, MasterKey.dataKey("api_keys")))
                .onConflictDoNothing()
                .execute();
        var key = ApiKey.generate();
        sql.insertInto(API_KEYS)
                .set(API_KEYS.ID, UUID.randomUUID())
                .set(API_KEYS.NAME, name)
                .set(API_KEYS.PREFIX, key.prefix())
                .set(API_KEYS.HASH, new KeyHasher(HASHER_KEY).hash(key))
                .set(API_KEYS.ROUTES, routes)
                .set(API_KEYS.GROUPS, groups)
                .set(API_KEYS.NETWORKS, networks)
                .set(API_KEYS.EXPIRES_AT, expires)
                .set(API_KEYS.CREATED_BY, "test")
                .execute();
        return key;
    }

    /// Stores a credential as the console does, in the place of an older one.
    public void putCredential(String name, UpstreamCredential credential) {
        var settings = CredentialSettings.of(credential);
        var secret = MasterKey.read(MASTER_KEY)
                .encrypt(
                        credential.secret().reveal().getBytes(StandardCharsets.UTF_8),
                        MasterKey.credential(name, settings));
        sql.insertInto(CREDENTIALS)
                .set(CREDENTIALS.NAME, name)
                .set(CREDENTIALS.KIND, settings.kind())
                .set(CREDENTIALS.SETTINGS, JSONB.valueOf(settings.settings().toString()))
                .set(CREDENTIALS.SECRET, secret)
                .set(CREDENTIALS.UPDATED_BY, "test")
                .onConflict(CREDENTIALS.NAME)
                .doUpdate()
                .set(CREDENTIALS.KIND, settings.kind())
                .set(CREDENTIALS.SETTINGS, JSONB.valueOf(settings.settings().toString()))
                .set(CREDENTIALS.SECRET, secret)
                .set(CREDENTIALS.REVISION, CREDENTIALS.REVISION.plus(1))
                .execute();
    }

    public void revokeKey(String name) {
        sql.update(API_KEYS)
                .set(API_KEYS.REVOKED_BY, "test")
                .set(API_KEYS.REVOKED_AT, DSL.currentOffsetDateTime())
                .where(API_KEYS.NAME.eq(name))
                .execute();
    }

    /// What the replica tells Prometheus.
    public String metrics() throws IOException {
        return management("/metrics").body();
    }

    /// What the replica says about itself: the first line of the answer, and its body.
    public String readiness() throws IOException {
        var answer = management("/readyz");
        return answer.startLine() + "\n" + answer.body();
    }

    private RawMessage management(String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.managementPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return RawMessage.read(socket.getInputStream());
        }
    }

    /// The record of an exchange; waits until it is written.
    public Record record(String exchange) {
        var id = UUID.fromString(exchange);
        return await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(5))
                .until(
                        () -> sql.selectFrom(TOOL_CALLS)
                                .where(TOOL_CALLS.ID.eq(id))
                                .fetchOne(),
                        r -> r != null);
    }

    /// What was refused for this reason, as far as it is written.
    public List<? extends Record> refusals(String reason) {
        return sql.selectFrom(TOOL_CALLS).where(TOOL_CALLS.REFUSAL.eq(reason)).fetch();
    }

    /// A connection of its own, on which bytes are sent as they are.
    public Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /// Sends bytes as they are and reads one response.
    public RawMessage exchange(String request) throws IOException {
        try (var socket = connect()) {
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // refused early: the answer is there all the same
            }
            return RawMessage.read(socket.getInputStream());
        }
    }

    @Override
    public void close() {
        proxy.close();
        database.close();
        journals.close();
        LeakAlarm.assertSilent();
    }

    private long insertPolicy(String policy) {
        return sql.insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, policy)
                .set(POLICY_VERSIONS.COMMENT, "test")
                .set(POLICY_VERSIONS.AUTHOR, "test")
                .returning(POLICY_VERSIONS.VERSION)
                .fetchOne(POLICY_VERSIONS.VERSION);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
