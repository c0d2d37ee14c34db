package dev.portcullis.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;
import java.util.stream.IntStream;

/// Two replays may run at once: one that could not begin must not count.
class ReplayPlacesTest {
    private static final String FROM = "2024-02-29T00:00:00Z";

    private final RunningConsole console = RunningConsole.shared();
    private final DSLContext sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);

    @BeforeEach
    void refuseTheEvent() {
        sql.execute("""
                create function public.refuse_replay() returns trigger language plpgsql as
                $$ begin raise exception 'the disk is full'; end $$""");
        sql.execute("""
                create trigger refuse_replay before insert on audit.admin_events for each row
                when (new.event = 'policy.replayed' and new.detail ->> 'from' = '%s')
                execute function public.refuse_replay()""".formatted(FROM));
    }

    @AfterEach
    void acceptIt() {
        sql.execute("drop function if exists public.refuse_replay() cascade");
    }

    @Test
    void replayThatCannotBeRecordedLeavesItsPlaceFree() {
        // When
        var failed = IntStream.range(0, ReplayService.MOST_RUNNING)
                .mapToObj(_ -> replay())
                .toList();
        acceptIt();

        // Then
        assertThat(failed).containsOnly(500);
        assertThat(replay()).isEqualTo(200);
    }

    private int replay() {
        var body = Map.of("from", FROM, "to", "2024-03-01T00:00:00Z", "policy", RunningConsole.DOCUMENT.formatted("x"));
        return console.post("/api/v1/policy/replay", JsonMapper.shared().writeValueAsString(body))
                .statusCode();
    }
}
