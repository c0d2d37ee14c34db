package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.database.TcpRelay;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.standalone.database.DatabaseConnections;
import dev.portcullis.standalone.process.CannotStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// A command that starts while PostgreSQL keeps its connections and answers nothing.
@Timeout(60)
class HangingDatabaseTest {
    private TestDatabase database;
    private TcpRelay relay;

    @BeforeEach
    void start() throws IOException {
        database = TestDatabase.create();
        var address = address();
        relay = TcpRelay.to(address.getHost(), address.getPort());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        database.close();
    }

    @Test
    void databaseThatDoesNotAnswerIsOneSentenceSoon() {
        // Given
        relay.stall();

        // When
        var begin = System.nanoTime();
        assertThatThrownBy(() -> DatabaseConnections.open(settings("")))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("The database " + settings("").url() + " cannot be reached: ");

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void databaseThatStopsToAnswerIsNotOneWithoutTables() {
        try (var connections = DatabaseConnections.open(settings("?socketTimeout=1"))) {
            relay.stallBefore("flyway_schema_history");

            assertThatThrownBy(connections::checkMigrated)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("The database " + settings("").url() + " cannot be reached: ");
            assertThat(relay.isStalled()).isTrue();
        }
    }

    private DatabaseSettings settings(String parameters) {
        return new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:" + relay.port() + address().getPath() + parameters,
                database.user(),
                new Secret(database.password()));
    }

    private URI address() {
        return URI.create(database.url().substring("jdbc:".length()));
    }
}
