package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.CREDENTIALS;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.upstream.credential.UpstreamCredentials;
import dev.portcullis.secrets.CredentialSettings;
import dev.portcullis.secrets.MasterKey;
import dev.portcullis.secrets.UpstreamCredential;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps [UpstreamCredentials] as they stand in the database.
public final class CredentialFollower implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialFollower.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final UpstreamCredentials credentials;
    private final Optional<MasterKey> masterKey;
    private final AtomicLong loads = new AtomicLong();
    private final Revision revision = new Revision("credentials");

    /// @param masterKey absent in an installation that keeps no secrets; then no credential can be shown
    public CredentialFollower(UpstreamCredentials credentials, Optional<MasterKey> masterKey) {
        this.credentials = credentials;
        this.masterKey = masterKey;
    }

    /// How often they were read.
    public long loads() {
        return loads.get();
    }

    /// Exchanges in flight have shown theirs already: they need not be asked again.
    @Override
    public boolean look(Connection connection) {
        var sql = DSL.using(connection, SQLDialect.POSTGRES);
        revision.ifChanged(sql, () -> read(sql));
        return false;
    }

    @Override
    public String what() {
        return "upstream credentials";
    }

    private void read(DSLContext sql) {
        var found = new HashMap<String, UpstreamCredentials.Found>();
        sql.selectFrom(CREDENTIALS)
                .forEach(row -> found.put(
                        row.getName(),
                        new UpstreamCredentials.Found(
                                row.getRevision() + " " + row.getUpdatedAt(),
                                opened(row.getName(), row.getKind(), row.getSettings(), row.getSecret()))));
        credentials.replace(found);
        loads.incrementAndGet();
        LOG.atInfo().addKeyValue("credentials", found.size()).log("upstream credentials in force");
    }

    private Optional<UpstreamCredential> opened(String name, String kind, JSONB settings, byte[] secret) {
        if (masterKey.isEmpty()) {
            LOG.atWarn().addKeyValue("credential", name).log("not usable: secrets.key is not configured here");
            return Optional.empty();
        }
        try {
            var shown = new CredentialSettings(kind, (ObjectNode) JSON.readTree(settings.data()));
            var text = masterKey.get().decrypt(secret, MasterKey.credential(name, shown));
            return Optional.of(shown.with(new Secret(new String(text, StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.atError()
                    .addKeyValue("credential", name)
                    .log("not usable: it was made with another secrets.key, or changed since");
            return Optional.empty();
        }
    }
}
