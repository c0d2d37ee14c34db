package dev.portcullis.sandbox;

import dev.portcullis.sandbox.oauth.SandboxOAuth;
import dev.portcullis.sandbox.oauth.SignInFilter;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.modeler.Registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// The sandbox: an MCP server over Streamable HTTP that looks like Port's, with made-up data in memory.
///
/// It serves `/v1` and `/<name>/v1`; each name has its own catalogue, runs and sessions. Thread-safe.
/// Closing ends every session and every thread that it started. Anybody may use it, unless it was started
/// with [SandboxOAuth]: then each request needs a token, and the sandbox is the authorization server too.
public final class SandboxServer implements AutoCloseable {

    private final Tomcat tomcat;
    private final SandboxInstances instances;
    private final ExecutorService requests;
    private final Path folder;
    private final Optional<SignInFilter> signIn;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int port;

    private SandboxServer(
            Tomcat tomcat,
            SandboxInstances instances,
            ExecutorService requests,
            Path folder,
            Optional<SignInFilter> signIn) {
        this.tomcat = tomcat;
        this.instances = instances;
        this.requests = requests;
        this.folder = folder;
        this.signIn = signIn;
    }

    /// Starts a server that listens when this returns.
    ///
    /// @param bind the address to listen on; port 0 takes a free one
    /// @throws UncheckedIOException with a [BindException] when the address is taken or not there
    public static SandboxServer start(InetSocketAddress bind) {
        return start(bind, Clock.systemUTC());
    }

    /// Starts a server that demands signing in.
    ///
    /// @param bind the address to listen on; port 0 takes a free one
    /// @throws UncheckedIOException with a [BindException] when the address is taken or not there
    public static SandboxServer start(InetSocketAddress bind, SandboxOAuth oauth) {
        return start(bind, Clock.systemUTC(), oauth);
    }

    static SandboxServer start(InetSocketAddress bind, Clock clock) {
        return start(bind, clock, Optional.empty());
    }

    static SandboxServer start(InetSocketAddress bind, Clock clock, SandboxOAuth oauth) {
        return start(bind, clock, Optional.of(new SignInFilter(oauth, clock)));
    }

    private static SandboxServer start(InetSocketAddress bind, Clock clock, Optional<SignInFilter> signIn) {
        try {
            var server = create(bind, clock, signIn);
            server.listen(bind);
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }

    /// The port it listens on, or listened on before it was closed.
    public int port() {
        return port;
    }

    /// Refuses every token that was given until now, as if an administrator had revoked them.
    public void revokeTokens() {
        signIn.ifPresent(SignInFilter::revokeAll);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    private static SandboxServer create(InetSocketAddress bind, Clock clock, Optional<SignInFilter> signIn)
            throws IOException {
        // Both are one for the whole JVM, which may have other servers, and no business of an embedded one.
        TomcatURLStreamHandlerFactory.disable();
        Registry.disableRegistry();
        var instances = new SandboxInstances(clock);
        var requests = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("sandbox-request-", 0).factory());
        var folder = Files.createTempDirectory("portcullis-sandbox");
        var tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector(bind, requests));
        var context = tomcat.addContext("", folder.toString());
        context.setLoader(new SharedClassLoader());
        var servlet = Tomcat.addServlet(context, "mcp", new SandboxServlet(instances));
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/", "mcp");
        signIn.ifPresent(filter -> putBefore(context, filter));
        return new SandboxServer(tomcat, instances, requests, folder, signIn);
    }

    private static void putBefore(Context context, SignInFilter filter) {
        var definition = new FilterDef();
        definition.setFilterName("sign-in");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        var mapping = new FilterMap();
        mapping.setFilterName(definition.getFilterName());
        mapping.addURLPatternDecoded("/*");
        context.addFilterMap(mapping);
    }

    private static Connector connector(InetSocketAddress bind, ExecutorService requests) {
        var connector = new Connector();
        connector.setPort(bind.getPort());
        connector.setThrowOnFailure(true);
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setAddress(bind.getAddress());
            protocol.setExecutor(requests);
        }
        return connector;
    }

    private void listen(InetSocketAddress bind) throws IOException {
        try {
            tomcat.start();
            port = tomcat.getConnector().getLocalPort();
        } catch (LifecycleException failed) {
            close();
            var refused = new BindException("sandbox: cannot listen on %s:%d (is the port in use?)"
                    .formatted(bind.getAddress().getHostAddress(), bind.getPort()));
            refused.initCause(failed);
            throw refused;
        }
    }

    private void release() {
        instances.close();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failed) {
            throw new IllegalStateException("sandbox: cannot be stopped", failed);
        } finally {
            requests.shutdownNow();
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException ignored) {
            // A folder that stays behind in the temporary directory harms nobody.
        }
    }
}
