package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.ANCHORINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.ledger.Checkpoint;
import dev.portcullis.ledger.Link;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

class AnchoringNotesTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final UUID CHAIN = UUID.randomUUID();

    @Test
    void whatCouldNotBeNotedIsNotedWithTheNextAndNothingTwice() throws IOException {
        try (var database = new RelayedDatabase()) {
            // Given
            var notes = new AnchoringNotes(database.relayed(), "webhook https://w", Clock.systemUTC());
            database.relay().cut();
            notes.accept(checkpoint(1));
            database.relay().mend();

            // When
            notes.accept(checkpoint(2));
            notes.accept(checkpoint(2));

            // Then
            var noted = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES)
                    .selectFrom(ANCHORINGS)
                    .orderBy(ANCHORINGS.SEQUENCE)
                    .fetch();
            assertThat(noted).extracting(row -> row.getSequence()).containsExactly(1L, 2L);
            assertThat(noted).allSatisfy(row -> assertThat(row.getPlace()).isEqualTo("webhook https://w"));
        }
    }

    private static Checkpoint checkpoint(long sequence) {
        return Checkpoint.sign(new Link(CHAIN, sequence, new byte[32]), Optional.empty(), Instant.now(), KEY);
    }
}
