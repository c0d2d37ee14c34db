package dev.portcullis.console.storage;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.storage.query.HoldQuery;
import dev.portcullis.console.storage.query.PartQuery;
import dev.portcullis.console.storage.query.RetentionQuery;
import dev.portcullis.console.storage.store.PartStore;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.ledger.SigningKey;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;

/// The maintenance of a console that does nothing else.
final class MaintenanceAlone {
    private MaintenanceAlone() {}

    static Maintenance on(TestDatabase database, StorageSettings storage, SigningKey key) {
        var settings = new ConsoleSettings(
                        InetAddress.getLoopbackAddress(),
                        0,
                        new DatabaseSettings(database.url(), database.user(), new Secret(database.password())),
                        "http://127.0.0.1:8080",
                        Optional.empty())
                .withTrail(TrailSettings.of(storage));
        var source = database.dataSource();
        var parts = new PartQuery(source);
        return new Maintenance(
                settings,
                new CurrentRetention(settings, new RetentionQuery(source)),
                parts,
                new PartOwners(parts),
                new HoldQuery(source),
                new PartStore(source, key),
                Clock.systemUTC());
    }
}
