package dev.portcullis.standalone.command;

import dev.portcullis.sandbox.SandboxServer;
import dev.portcullis.standalone.log.Logging;
import dev.portcullis.standalone.process.Lifetime;
import dev.portcullis.standalone.up.LocalPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.Callable;

/// `portcullis sandbox`: the sandbox MCP server alone.
@Command(
        name = "sandbox",
        description = "Runs the sandbox MCP server, a stand-in for Port's, alone.",
        mixinStandardHelpOptions = true)
public final class SandboxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", paramLabel = "N", required = true, description = "The port; 0 for any free one.")
    private int number;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "The address it listens on (${DEFAULT-VALUE}); anybody who reaches it may use it, or sign in.")
    private InetAddress bind = InetAddress.getLoopbackAddress();

    @Mixin
    private SandboxOAuthOptions signIn = new SandboxOAuthOptions();

    @Override
    public Integer call() {
        var oauth = signIn.read();
        var address = new LocalPort("--port", number).on(bind);
        LocalPort.checkFree("--port", address);
        Logging.everythingToConsole();
        var out = spec.commandLine().getOut();
        try (var lifetime = Lifetime.begin(out)) {
            var sandbox = lifetime.start(
                    () -> oauth.isPresent() ? SandboxServer.start(address, oauth.get()) : SandboxServer.start(address));
            var base = "http://" + bind.getHostAddress() + ":" + sandbox.port();
            out.println("The sandbox is ready: " + base + "/v1");
            oauth.ifPresent(options -> out.println(
                    "Signing in: " + options.publicUrl().map(URI::toString).orElse(base) + "/auth; client "
                            + options.machine().id() + "; faults: " + options.faults()));
            out.flush();
            return lifetime.awaitEnd();
        }
    }
}
