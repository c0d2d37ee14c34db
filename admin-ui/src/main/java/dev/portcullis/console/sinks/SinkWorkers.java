package dev.portcullis.console.sinks;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.sinks.otlp.OtlpSink;
import dev.portcullis.console.sinks.store.SinkStore;
import dev.portcullis.console.sinks.syslog.SyslogSink;
import jakarta.annotation.PreDestroy;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One thread for each sink, from when the console is ready until it stops.
@Component
class SinkWorkers {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final List<SinkSettings> sinks;
    private final SinkStore store;
    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();

    SinkWorkers(ConsoleSettings settings, SinkStore store, Clock clock) {
        this.sinks = settings.trail().sinks();
        this.store = store;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() {
        for (var settings : sinks) {
            var worker = new SinkWorker(settings, sink(settings.receiver()), store, clock);
            threads.add(
                    Thread.ofVirtual().name("console-sink-" + settings.name()).start(worker));
        }
    }

    private static Sink sink(SinkSettings.Receiver receiver) {
        return switch (receiver) {
            case SinkSettings.Syslog syslog -> new SyslogSink(syslog);
            case SinkSettings.Otlp otlp -> new OtlpSink(otlp);
        };
    }

    @PreDestroy
    synchronized void stop() throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            thread.join(LONGEST_STOP);
        }
    }
}
