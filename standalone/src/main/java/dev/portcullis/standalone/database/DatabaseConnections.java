package dev.portcullis.standalone.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.configuration.ConnectionBounds;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.database.Migrations;
import dev.portcullis.standalone.process.CannotStart;
import org.flywaydb.core.api.FlywayException;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// A few connections to the product's database, for what happens before or beside the servers.
public final class DatabaseConnections implements AutoCloseable {
    private static final int FEW = 2;
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration LONG_WORK = Duration.ofHours(1);
    private static final String WRONG_PASSWORD = "28P01";
    private static final String NO_SUCH_ROLE = "28000";
    private static final String NO_SUCH_DATABASE = "3D000";

    private final DatabaseSettings settings;
    private final HikariDataSource pool;

    private DatabaseConnections(DatabaseSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
    }

    /// For a few small questions.
    ///
    /// @throws CannotStart when the database cannot be reached, answers nothing or does not let us in
    public static DatabaseConnections open(DatabaseSettings settings) {
        return open(settings, SILENCE);
    }

    /// For statements that may take an hour each.
    ///
    /// @throws CannotStart as [#open]
    public static DatabaseConnections openForLongWork(DatabaseSettings settings) {
        return open(settings, LONG_WORK);
    }

    private static DatabaseConnections open(DatabaseSettings settings, Duration silence) {
        var properties = new Properties();
        properties.putAll(ConnectionBounds.driverProperties(silence));
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password().reveal());
        try {
            DriverManager.getConnection(settings.url(), properties).close();
        } catch (SQLException e) {
            throw new CannotStart(sentence(settings, e), e);
        }
        var config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(properties);
        config.setMaximumPoolSize(FEW);
        config.setMinimumIdle(0);
        config.setPoolName("launcher");
        return new DatabaseConnections(settings, new HikariDataSource(config));
    }

    public HikariDataSource dataSource() {
        return pool;
    }

    /// Brings the schema up to date.
    ///
    /// @return how many migrations were applied
    /// @throws CannotStart when the schema is one that this version does not know
    public int migrate() {
        try {
            return Migrations.apply(pool);
        } catch (FlywayException e) {
            throw new CannotStart(
                    "The database " + settings.address() + " cannot be migrated: " + firstLine(e) + ".", e);
        }
    }

    /// @throws CannotStart when the schema is not this version's
    public void checkMigrated() {
        try {
            Migrations.check(pool);
        } catch (FlywayException e) {
            var unanswered = unanswered(e);
            if (unanswered.isPresent()) {
                throw new CannotStart(sentence(settings, unanswered.get()), e);
            }
            throw new CannotStart(
                    "The database " + settings.address() + " does not have this version's tables (" + firstLine(e)
                            + "): run `portcullis migrate` with the same configuration first.",
                    e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static String sentence(DatabaseSettings settings, SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case WRONG_PASSWORD, NO_SUCH_ROLE ->
                "The database " + settings.address() + " refuses the user " + settings.user()
                        + ": check database.user and database.password.";
            case NO_SUCH_DATABASE ->
                "There is no database at " + settings.address() + ": create it first (" + e.getMessage() + ").";
            default -> "The database " + settings.address() + " cannot be reached: " + e.getMessage();
        };
    }

    /// Why the database could not even be asked.
    private static Optional<SQLException> unanswered(FlywayException e) {
        return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }

    /// Flyway writes paragraphs; the first line that says something is enough.
    private static String firstLine(FlywayException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("Validate failed"))
                .findFirst()
                .orElseGet(e::toString);
    }
}
