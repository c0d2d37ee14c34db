package dev.portcullis.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import javax.sql.DataSource;

/// Brings a database to the schema this version works with.
///
/// Safe to run by several processes at once: Flyway holds a lock while it migrates.
public final class Migrations {
    private Migrations() {}

    /// Applies what is missing.
    ///
    /// @return how many migrations were applied
    /// @throws FlywayException when the database cannot be reached, or holds a schema this version does
    ///     not know
    public static int apply(DataSource database) {
        return configured(database).migrate().migrationsExecuted;
    }

    /// Checks without changing anything that all migrations of this version, and no others, have been
    /// applied.
    ///
    /// @throws FlywayException when they have not
    public static void check(DataSource database) {
        configured(database).validate();
    }

    private static Flyway configured(DataSource database) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .defaultSchema("public")
                .load();
    }
}
