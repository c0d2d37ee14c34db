package dev.portcullis.standalone.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class QuietLibrariesTest {
    private static final String WIRE = "org.apache.hc.client5.http.wire";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Level before = context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel();

    @AfterEach
    void restore() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(before);
        context.getLogger(WIRE).setLevel(null);
        context.getLogger("dev.portcullis").setLevel(null);
    }

    @Test
    void librariesThatSeeSecretsCannotBeTurnedUp() {
        // Given
        context.getLogger(WIRE).setLevel(Level.DEBUG);

        // When
        Logging.keepLibrariesQuiet();

        // Then
        assertThat(context.getLogger(WIRE).isDebugEnabled()).isFalse();

        // When
        context.getLogger(WIRE).setLevel(Level.TRACE);
        context.getLogger("dev.portcullis").setLevel(Level.TRACE);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);

        // Then
        assertThat(context.getLogger(WIRE).isDebugEnabled()).isFalse();
        assertThat(context.getLogger("org.jooq.tools.LoggerListener").isDebugEnabled())
                .isFalse();
        assertThat(context.getLogger("org.springframework.web.servlet.DispatcherServlet")
                        .isDebugEnabled())
                .isFalse();
        assertThat(context.getLogger("dev.portcullis.proxy").isTraceEnabled()).isTrue();
        assertThat(context.getLogger("io.netty").isTraceEnabled()).isTrue();
    }

    @Test
    void theyDoNotFollowTheRoot() {
        // Given
        context.getLogger("org.jooq").setLevel(null);
        Logging.keepLibrariesQuiet();

        // When
        context.getLogger("org.jooq").setLevel(null);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);

        // Then
        assertThat(context.getLogger("org.jooq.tools.LoggerListener").isDebugEnabled())
                .isFalse();
    }

    @Test
    void theyMayBeTurnedDown() {
        Logging.keepLibrariesQuiet();

        context.getLogger(WIRE).setLevel(Level.ERROR);

        assertThat(context.getLogger(WIRE).isWarnEnabled()).isFalse();
    }
}
