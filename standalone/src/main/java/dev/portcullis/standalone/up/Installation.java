package dev.portcullis.standalone.up;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.Console;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.sandbox.SandboxServer;
import dev.portcullis.standalone.database.DatabaseConnections;
import dev.portcullis.standalone.log.Logging;
import dev.portcullis.standalone.postgres.EmbeddedPostgres;
import dev.portcullis.standalone.postgres.OwnerOnly;
import dev.portcullis.standalone.process.Lifetime;
import dev.portcullis.standalone.process.ProxyReplica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Everything on one machine, started in the order in which the parts need each other.
public final class Installation {
    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();
    private static final UpSettings.Surroundings NOTHING_YET = new UpSettings.Surroundings(
            new DatabaseSettings("jdbc:postgresql:", "unknown", new Secret("unknown")),
            "http://" + LOOPBACK + "/{route}/v1",
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Path.of("journal"));

    private final UpOptions options;
    private final UpSettings settings;
    private final Lifetime lifetime;

    private Installation(UpOptions options, Lifetime lifetime) {
        this.options = options;
        this.settings = new UpSettings(options, Map.copyOf(System.getenv()));
        this.lifetime = lifetime;
    }

    /// Starts it; `lifetime` stops it. Returns once clients can connect.
    ///
    /// What can be checked is checked before anything is started or changed.
    ///
    /// @throws RuntimeException with a sentence when something stands in the way
    public static Ready start(UpOptions options, Lifetime lifetime) {
        return new Installation(options, lifetime).start();
    }

    private Ready start() {
        var policyFile = options.policy().map(PolicyFile::read);
        settings.proxy(NOTHING_YET);
        var owner = settings.policyOwner();
        var folder = options.data();
        folder.prepare();
        lifetime.start(() -> FolderLock.acquire(folder));
        var held =
                lifetime.start(() -> HeldPorts.of(List.of(options.proxy(), options.console(), options.management())));
        Logging.everythingToFile(folder.logFile());

        var loopback = new LoopbackUpstreams(folder.loopbackUpstreams()).remember(options.upstreams());
        var postgres = lifetime.start(() -> EmbeddedPostgres.start(folder.postgres()));
        var connections = lifetime.start(() -> DatabaseConnections.openForLongWork(postgres.settings()));
        connections.migrate();
        var secrets = new FirstSecrets(folder);
        secrets.prepare(connections.dataSource());
        var key = secrets.key();
        var policy = new InstallationPolicy(connections.dataSource(), owner).apply(policyFile, options.upstreams());

        var sandbox = lifetime.start(() -> SandboxServer.start(new InetSocketAddress(LOOPBACK, 0)));
        var token = secrets.managementToken();
        held.release(options.proxy());
        held.release(options.management());
        var gateway =
                "http://" + LOOPBACK + ":" + startProxy(postgres.settings(), sandbox.port(), loopback, key, token);
        held.release(options.console());
        var console = "http://" + LOOPBACK + ":" + startConsole(postgres.settings(), gateway, key) + "/";
        rememberConsole(folder, console);
        return new Ready(options, policy, gateway, console, secrets);
    }

    private int startProxy(
            DatabaseSettings database, int sandboxPort, Set<String> loopback, Secret key, Secret managementToken) {
        var sandbox = LOOPBACK + ":" + sandboxPort;
        var permitted = new TreeSet<>(loopback);
        permitted.add(sandbox);
        var config = settings.proxy(new UpSettings.Surroundings(
                database,
                "http://" + sandbox + "/{route}/v1",
                permitted,
                Optional.of(key),
                Optional.of(managementToken),
                options.data().journal()));
        return lifetime.start(() -> ProxyReplica.start(config)).port();
    }

    private int startConsole(DatabaseSettings database, String gateway, Secret key) {
        var console = new ConsoleSettings(
                InetAddress.getLoopbackAddress(),
                options.console().number(),
                database,
                gateway,
                Optional.of(key),
                settings.policy(),
                settings.policyOwner(),
                settings.trail(),
                settings.signIn());
        return lifetime.start(() -> Console.start(console)).port();
    }

    private static void rememberConsole(DataFolder folder, String url) {
        try {
            OwnerOnly.write(folder.consoleUrl(), url + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
