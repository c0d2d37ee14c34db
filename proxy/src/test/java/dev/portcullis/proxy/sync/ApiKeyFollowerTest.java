package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.API_KEY_USES;
import static dev.portcullis.database.gateway.Tables.DATA_KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.database.TestDatabase;
import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.fixture.TestClock;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.proxy.identity.Authenticator;
import dev.portcullis.proxy.identity.Identification;
import dev.portcullis.proxy.identity.Presented;
import dev.portcullis.proxy.identity.Revocations;
import dev.portcullis.proxy.outbound.NameService;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.secrets.ApiKey;
import dev.portcullis.secrets.KeyHasher;
import dev.portcullis.secrets.MasterKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.net.ssl.SSLContext;

/// When keys were used last, as it gets into the database.
class ApiKeyFollowerTest {
    private static final MasterKey MASTER_KEY = MasterKey.read(MasterKey.generate());
    private static final byte[] HASHER_KEY = KeyHasher.newKey();
    private static final URI UPSTREAM = URI.create("https://upstream.example/v1");

    private final TestClock clock = new TestClock();
    private final ApiKeys keys = new ApiKeys(clock);
    private final ApiKeyFollower follower = new ApiKeyFollower(keys, Optional.of(MASTER_KEY), clock);
    private TestDatabase database;
    private Connection connection;
    private DSLContext sql;
    private OutboundHttp http;
    private Authenticator authenticator;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.create();
        connection = database.dataSource().getConnection();
        sql = DSL.using(connection, SQLDialect.POSTGRES);
        sql.insertInto(DATA_KEYS)
                .set(DATA_KEYS.NAME, "api_keys")
                .set(DATA_KEYS.WRAPPED, MASTER_KEY.encrypt(HASHER_KEY, MasterKey.dataKey("api_keys")))
                .execute();
        http = new OutboundHttp(Upstreams.defaults(), NameService.ofSystem(Runnable::run), SSLContext.getDefault());
        authenticator = new Authenticator(
                IdentitySettings.none(), keys, new Revocations(clock), http, clock, Runnable::run, new byte[32]);
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        connection.close();
        database.close();
    }

    @Test
    void lastUseIsWrittenOnceAMinute() throws Exception {
        // Given
        var key = add("alice");
        follower.look(connection);
        use(key, "198.51.100.7");
        use(key, "2001:db8::7");

        // When
        follower.look(connection);

        // Then
        assertThat(sql.fetchCount(API_KEY_USES)).isZero();

        // When
        clock.advance(Duration.ofMinutes(1));
        follower.look(connection);

        // Then
        var use = sql.fetchSingle(API_KEY_USES);
        assertThat(use.getKey()).isEqualTo(id("alice"));
        assertThat(address()).isEqualTo("2001:db8::7");
        assertThat(use.getLastUsedAt().toInstant())
                .isBetween(clock.instant().minus(Duration.ofMinutes(2)), clock.instant());
    }

    @Test
    void laterUseReplacesAnEarlierOne() throws Exception {
        // Given
        var key = add("alice");
        follower.look(connection);
        use(key, "198.51.100.7");
        clock.advance(Duration.ofMinutes(1));
        follower.look(connection);
        var first = sql.fetchSingle(API_KEY_USES);

        // When
        use(key, "198.51.100.8");
        clock.advance(Duration.ofMinutes(1));
        follower.look(connection);

        // Then
        var second = sql.fetchSingle(API_KEY_USES);
        assertThat(address()).isEqualTo("198.51.100.8");
        assertThat(second.getLastUsedAt()).isAfter(first.getLastUsedAt());
    }

    @Test
    void usesOfADeletedKeyHarmNoOthers() throws Exception {
        // Given
        var gone = add("gone");
        var kept = add("kept");
        follower.look(connection);
        use(gone, "198.51.100.7");
        use(kept, "198.51.100.8");
        sql.deleteFrom(API_KEYS).where(API_KEYS.NAME.eq("gone")).execute();

        // When
        clock.advance(Duration.ofMinutes(1));
        var changed = follower.look(connection);

        // Then
        assertThat(changed).isTrue();
        assertThat(keys.size()).isOne();
        assertThat(sql.fetchSingle(API_KEY_USES).getKey()).isEqualTo(id("kept"));
    }

    private ApiKey add(String name) {
        var key = ApiKey.generate();
        sql.insertInto(API_KEYS)
                .set(API_KEYS.ID, UUID.randomUUID())
                .set(API_KEYS.NAME, name)
                .set(API_KEYS.PREFIX, key.prefix())
                .set(API_KEYS.HASH, new KeyHasher(HASHER_KEY).hash(key))
                .set(API_KEYS.GROUPS, new String[0])
                .set(API_KEYS.NETWORKS, new String[0])
                .set(API_KEYS.CREATED_BY, "test")
                .execute();
        return key;
    }

    private UUID id(String name) {
        return sql.fetchSingle(API_KEYS, API_KEYS.NAME.eq(name)).getId();
    }

    private String address() {
        return String.valueOf(sql.fetchValue("select host(last_used_address) from gateway.api_key_uses"));
    }

    private void use(ApiKey key, String from) {
        var route = new Route("guarded", new Route.Upstream.Remote(UPSTREAM), "port", Route.Authentication.GATEWAY);
        var presented = new Presented(
                new HeaderFields(List.of(new HeaderFields.Field("Authorization", "Bearer " + key.reveal()))),
                new Peer(InetAddress.ofLiteral(from), "https", Optional.empty(), Optional.empty()),
                route,
                UPSTREAM,
                Optional.empty());
        assertThat(authenticator.identify(presented)).isInstanceOf(Identification.Known.class);
    }
}
