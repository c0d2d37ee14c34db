package dev.portcullis.standalone.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import org.slf4j.LoggerFactory;

import java.util.List;

/// Keeps libraries that see secrets from writing them down. Below info they log whole bodies and headers,
/// addresses with their queries, ids of sessions and the values in SQL statements, so a logging
/// configuration that asks for more than info from them does not get it. Our own loggers and all other
/// libraries may be turned up as far as anybody likes.
final class QuietLibraries implements LoggerContextListener {
    /// Of Logback, with everything below them.
    private static final List<String> NAMES =
            List.of("org.apache.hc", "org.springframework", "org.jooq", "com.vaadin", "org.atmosphere");

    /// Of `java.util.logging`, held here because it forgets unused loggers.
    private static final List<java.util.logging.Logger> JAVA_LOGGERS = List.of(
            java.util.logging.Logger.getLogger("org.apache.catalina"),
            java.util.logging.Logger.getLogger("org.apache.coyote"),
            java.util.logging.Logger.getLogger("org.apache.tomcat"),
            java.util.logging.Logger.getLogger("org.postgresql"));

    private QuietLibraries() {}

    /// From now on, whatever is configured before or after.
    static void begin() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var quiet = new QuietLibraries();
        context.getLoggerList().forEach(logger -> quiet.onLevelChange(logger, logger.getLevel()));
        context.addListener(quiet);
        quiet.onReset(context);
        JAVA_LOGGERS.forEach(logger -> logger.setLevel(java.util.logging.Level.WARNING));
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    /// The configuration is about to be read again.
    @Override
    public void onReset(LoggerContext context) {
        NAMES.stream().map(context::getLogger).forEach(logger -> onLevelChange(logger, logger.getEffectiveLevel()));
    }

    @Override
    public void onLevelChange(Logger logger, Level level) {
        if (level == null || !isKeptQuiet(logger.getName())) {
            return;
        }
        if (!level.isGreaterOrEqual(Level.INFO)) {
            logger.setLevel(Level.INFO);
        } else if (logger.getLevel() == null && NAMES.contains(logger.getName())) {
            // It would follow its parent without a word.
            logger.setLevel(level);
        }
    }

    @Override
    public void onStart(LoggerContext context) {
        // Levels are all that matters.
    }

    @Override
    public void onStop(LoggerContext context) {
        // Nothing is held.
    }

    private static boolean isKeptQuiet(String logger) {
        return NAMES.stream().anyMatch(name -> logger.equals(name) || logger.startsWith(name + "."));
    }
}
