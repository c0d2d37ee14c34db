package dev.portcullis.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.postgresql.PostgreSQLContainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// A migrated PostgreSQL database of its own for a test class, on one real server for the whole JVM.
///
/// The server is an embedded one, or a container when the system property `portcullis.test.postgres` is
/// `container` (the `testcontainers` profile). Each database is a copy of one migrated template, which
/// takes some tens of milliseconds.
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;
    private final HikariDataSource dataSource;

    private TestDatabase(String url) {
        this.url = url;
        this.dataSource = pool(url);
    }

    /// A new, migrated, empty database.
    public static TestDatabase create() {
        var name = "test_" + NUMBER.incrementAndGet();
        execute(Server.INSTANCE.url("postgres"), "create database " + name + " template " + Server.TEMPLATE);
        return new TestDatabase(Server.INSTANCE.url(name));
    }

    /// The JDBC address; user and password are [#user] and [#password].
    public String url() {
        return url;
    }

    public String user() {
        return Server.INSTANCE.user();
    }

    public String password() {
        return Server.INSTANCE.password();
    }

    public HikariDataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        dataSource.close();
    }

    private static HikariDataSource pool(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(Server.INSTANCE.user());
        config.setPassword(Server.INSTANCE.password());
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static void execute(String url, String sql) {
        try (var connection = DriverManager.getConnection(url, Server.INSTANCE.user(), Server.INSTANCE.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// The server of this JVM; it ends with it.
    private record Server(String base, String user, String password) {
        static final String TEMPLATE = "migrated_template";
        static final Server INSTANCE = start();

        String url(String database) {
            return base + database;
        }

        private static Server start() {
            var server = "container".equals(System.getProperty("portcullis.test.postgres")) ? container() : embedded();
            createTemplate(server);
            return server;
        }

        @SuppressWarnings("resource") // lives as long as the JVM
        private static Server embedded() {
            try {
                var postgres = EmbeddedPostgres.builder().start();
                return new Server("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/", "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @SuppressWarnings("resource") // lives as long as the JVM
        private static Server container() {
            var container = new PostgreSQLContainer("postgres:17");
            container.start();
            Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
            return new Server(
                    "jdbc:postgresql://" + container.getHost() + ":" + container.getFirstMappedPort() + "/",
                    container.getUsername(),
                    container.getPassword());
        }

        private static void createTemplate(Server server) {
            try (var connection = DriverManager.getConnection(server.url("postgres"), server.user, server.password);
                    var statement = connection.createStatement()) {
                statement.execute("create database " + TEMPLATE);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            try (var pool = new HikariDataSource()) {
                pool.setJdbcUrl(server.url(TEMPLATE));
                pool.setUsername(server.user);
                pool.setPassword(server.password);
                pool.setMaximumPoolSize(2);
                Migrations.apply(pool);
            }
        }
    }
}
