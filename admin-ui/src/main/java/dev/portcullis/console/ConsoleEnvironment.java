package dev.portcullis.console;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

import java.util.Map;

/// The console's Spring settings, all of them in code: nothing comes from the environment of the
/// process.
final class ConsoleEnvironment extends StandardServletEnvironment {

    ConsoleEnvironment(ConsoleSettings settings) {
        getPropertySources().addFirst(new MapPropertySource("portcullis", properties(settings)));
    }

    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
        // None of the usual sources: SERVER_PORT and its kind belong to other programs on the machine.
    }

    private static Map<String, Object> properties(ConsoleSettings settings) {
        return Map.ofEntries(
                Map.entry("spring.config.location", "optional:classpath:/no-configuration-files/"),
                Map.entry("spring.main.lazy-initialization", "false"),
                Map.entry("spring.jmx.enabled", "false"),
                // Maintenance may take long, and must not keep sessions from being ended.
                Map.entry("spring.task.scheduling.pool.size", "4"),
                Map.entry("spring.mvc.problemdetails.enabled", "true"),
                Map.entry("spring.web.resources.add-mappings", "true"),
                Map.entry("server.address", settings.bindAddress().getHostAddress()),
                Map.entry("server.port", Integer.toString(settings.port())),
                Map.entry("server.shutdown", "immediate"),
                Map.entry("server.error.include-message", "never"),
                Map.entry("server.server-header", ""),
                // A place in every chain of the audit trail is a long id of an event.
                Map.entry("server.max-http-request-header-size", "64KB"),
                Map.entry("server.tomcat.max-swallow-size", "2MB"),
                // What stands in front of the console may be known by another name than it is here.
                Map.entry("server.tomcat.use-relative-redirects", "true"),
                Map.entry("server.compression.enabled", "true"),
                // Cookies know no ports, so two consoles on one host must differ in the name.
                Map.entry("server.servlet.session.cookie.name", "portcullis-console-" + settings.port()),
                Map.entry("server.servlet.session.cookie.http-only", "true"),
                Map.entry("server.servlet.session.cookie.same-site", "lax"),
                Map.entry("server.servlet.session.timeout", "30m"),
                Map.entry("server.servlet.session.tracking-modes", "cookie"),
                Map.entry("springdoc.api-docs.enabled", "true"),
                Map.entry("springdoc.api-docs.path", "/api/openapi.json"),
                Map.entry("springdoc.paths-to-match", "/api/v1/**"),
                Map.entry("springdoc.writer-with-order-by-keys", "true"),
                Map.entry("vaadin.productionMode", "true"),
                Map.entry("vaadin.closeIdleSessions", "true"),
                Map.entry("vaadin.exclude-urls", "/api/**"),
                Map.entry("vaadin.allowed-packages", "dev.portcullis.console"));
    }
}
