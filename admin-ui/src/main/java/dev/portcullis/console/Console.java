package dev.portcullis.console;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A running console: screens and REST API on one address.
///
/// It lives beside other things in one JVM: it reads no system property, environment variable or file
/// of the working folder, leaves logging as it found it (but for Tomcat's chatter), and adds no
/// shutdown hook. Whoever starts it closes it.
public final class Console implements AutoCloseable {
    /// Tomcat tells of every start and stop on standard error. Held here, because the JVM forgets
    /// unused loggers.
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    private final ConfigurableApplicationContext context;
    private final int port;

    private Console(ConfigurableApplicationContext context) {
        this.context = context;
        this.port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /// Starts on a database that is already migrated, and returns once it listens.
    ///
    /// @throws ConsoleStartException with a sentence for the operator when it cannot
    public static Console start(ConsoleSettings settings) {
        checkPort(settings);
        TOMCAT.setLevel(Level.WARNING);
        var pool =
                ConsolePool.open(settings.database(), settings.trail().sinks().size());
        try {
            return new Console(application(settings, pool).run());
        } catch (RuntimeException e) {
            pool.close();
            throw new ConsoleStartException("The console could not start: " + rootMessage(e), e);
        }
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    /// What it is made of, for the tests of that.
    ApplicationContext parts() {
        return context;
    }

    /// Stops listening, ends open sessions and database connections. Safe to call twice.
    @Override
    public void close() {
        context.close();
    }

    private static SpringApplication application(ConsoleSettings settings, HikariDataSource pool) {
        var application = new SpringApplication(ConsoleApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setAddCommandLineProperties(false);
        application.setEnvironment(new ConsoleEnvironment(settings));
        // Spring Boot would configure logging for the whole JVM, which is not ours alone.
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        application.addInitializers(context -> {
            var beans = (GenericApplicationContext) context;
            beans.registerBean(ConsoleSettings.class, () -> settings);
            beans.registerBean(HikariDataSource.class, () -> pool);
        });
        return application;
    }

    /// A taken port is the most common trouble; it is found before the seconds that Spring takes to
    /// notice.
    private static void checkPort(ConsoleSettings settings) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(settings.bindAddress(), settings.port()));
        } catch (IOException e) {
            throw new ConsoleStartException(
                    "The console cannot listen on " + settings.bindAddress().getHostAddress() + ":" + settings.port()
                            + ": " + e.getMessage() + ". Stop what uses that port, or choose another one.",
                    e);
        }
    }

    private static String rootMessage(Throwable trouble) {
        var root = trouble;
        for (var cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    }
}
