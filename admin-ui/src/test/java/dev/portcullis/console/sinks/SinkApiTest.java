package dev.portcullis.console.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.sinks.SinkSettings.Content;
import dev.portcullis.console.sinks.SinkSettings.Start;
import dev.portcullis.console.trail.ChainedCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;

@Timeout(60)
class SinkApiTest {

    @Test
    void sinksTellHowTheyAreDoing() {
        try (var server = SyslogServer.plain();
                var console = new RunningConsole(List.of(
                        new SinkSettings("siem", server.settings(), Start.BEGINNING, Content.TOOL_CALLS, false)))) {
            // Given
            var chain = new ChainedCalls(console.database().dataSource());
            chain.record(3, "any");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> console.get("/api/v1/sinks").body().contains("\"lastError\":\""));
            var failing = RunningConsole.json(console.get("/api/v1/sinks")).at("/items/0");
            var metrics = console.get("/api/v1/sinks/metrics").body();

            // When
            server.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> server.ids().equals(chain.ids()));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> console.get("/api/v1/sinks").body().contains("\"healthy\":true"));

            // Then
            assertThat(failing.path("name").asString()).isEqualTo("siem");
            assertThat(failing.path("healthy").asBoolean()).isFalse();
            assertThat(failing.path("waiting").asInt()).isEqualTo(3);
            assertThat(failing.path("oldestWaiting").isNull()).isFalse();
            assertThat(metrics)
                    .contains("portcullis_sink_waiting{sink=\"siem\"} 3.0")
                    .contains("portcullis_sink_healthy{sink=\"siem\"} 0.0");
            var well = RunningConsole.json(console.get("/api/v1/sinks")).at("/items/0");
            assertThat(well.path("waiting").asInt()).isZero();
            assertThat(well.path("acknowledged").asInt()).isEqualTo(3);
            var stranger = console.send(HttpRequest.newBuilder(console.uri("/api/v1/sinks"))
                    .header("Authorization", "Bearer " + console.tokenWith("BUNDLES")));
            assertThat(stranger.statusCode()).isEqualTo(403);
        }
    }
}
