package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hears of every buffer that Netty's leak detector found unreleased, so that a leak fails a test.
public final class LeakAlarm extends AppenderBase<ILoggingEvent> {
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
        LEAKS.add(event.getFormattedMessage());
    }

    /// Fails when a buffer has leaked. The detector reports at the next allocation after a collection.
    public static void assertSilent() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            for (int j = 0; j < 200; j++) {
                ByteBufAllocator.DEFAULT.directBuffer(64).release();
            }
        }
        assertThat(LEAKS).as("buffers that were not released").isEmpty();
    }
}
