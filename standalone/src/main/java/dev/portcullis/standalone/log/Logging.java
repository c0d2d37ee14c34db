package dev.portcullis.standalone.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;

/// Where log events go. Until a command says otherwise, warnings go to standard error and nothing else
/// anywhere; that is how `logback.xml` sets it up.
public final class Logging {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{36} %msg %kvp%n";
    private static final int DAYS = 14;
    private static final FileSize FILE_SIZE = FileSize.valueOf("10MB");
    private static final FileSize ALL_FILES = FileSize.valueOf("100MB");

    private Logging() {}

    /// Libraries that see secrets log no details from now on, whatever a logging configuration asks for.
    public static void keepLibrariesQuiet() {
        QuietLibraries.begin();
    }

    /// Events from info up go to standard error: for servers whose output somebody collects.
    public static void everythingToConsole() {
        var root = root();
        root.setLevel(Level.INFO);
        root.getAppender("console").clearAllFilters();
    }

    /// Events from info up go to a file, of which 14 days and 100 MB are kept; warnings go to standard
    /// error as well.
    public static void everythingToFile(Path file) {
        var root = root();
        root.setLevel(Level.INFO);
        root.addAppender(appender(root.getLoggerContext(), file));
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context));
        appender.setRollingPolicy(policy(context, appender, file));
        appender.start();
        return appender;
    }

    private static PatternLayoutEncoder encoder(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy(
            LoggerContext context, RollingFileAppender<ILoggingEvent> appender, Path file) {
        var policy = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%d{yyyy-MM-dd}.%i.gz");
        policy.setMaxFileSize(FILE_SIZE);
        policy.setMaxHistory(DAYS);
        policy.setTotalSizeCap(ALL_FILES);
        policy.start();
        return policy;
    }

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
