package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.standalone.database.DatabaseConnections;
import dev.portcullis.standalone.postgres.EmbeddedPostgres;
import dev.portcullis.standalone.process.CannotStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class DatabaseErrorsIT {
    @TempDir
    private static Path folder;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(folder.resolve("postgresql"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void wrongPasswordIsOneSentence() {
        var settings = postgres.settings();
        assertThatThrownBy(() -> DatabaseConnections.open(
                        new DatabaseSettings(settings.url(), settings.user(), new Secret("guess"))))
                .isInstanceOf(CannotStart.class)
                .hasMessage("The database " + settings.url()
                        + " refuses the user portcullis: check database.user and database.password.");
    }

    @Test
    void missingDatabaseIsOneSentence() {
        var settings = postgres.settings();
        var url = settings.url() + "-none";
        assertThatThrownBy(
                        () -> DatabaseConnections.open(new DatabaseSettings(url, settings.user(), settings.password())))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("There is no database at " + url);
    }

    @Test
    void databaseWithoutTablesIsOneSentenceUntilItIsMigrated() {
        try (var connections = DatabaseConnections.open(postgres.settings())) {
            assertThatThrownBy(connections::checkMigrated)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageEndingWith("run `portcullis migrate` with the same configuration first.");
            assertThat(connections.migrate()).isPositive();
            connections.checkMigrated();
            assertThat(connections.migrate()).isZero();
        }
    }
}
