package dev.portcullis.standalone.command;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.rego.RegoBundle;
import dev.portcullis.standalone.client.ModulesUpload;
import dev.portcullis.standalone.client.PolicyText;
import dev.portcullis.standalone.client.PublishOrder;
import dev.portcullis.standalone.client.StalePolicy;
import dev.portcullis.standalone.process.ExitCode;
import dev.portcullis.standalone.process.Refused;
import dev.portcullis.standalone.rego.RegoFolder;
import dev.portcullis.standalone.up.PolicyFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `portcullis policy publish FILE`: puts a document in force on every replica, unless somebody else
/// publishes at the same time.
@Command(
        name = "publish",
        description = "Publishes a policy document. A draft with other work in it stays. Nothing happens when the"
                + " document is in force already.",
        mixinStandardHelpOptions = true)
public final class PolicyPublishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The document, YAML or JSON.")
    private Path file = Path.of("");

    @Option(names = "--comment", paramLabel = "TEXT", required = true, description = "Why; it stays in the history.")
    private String comment = "";

    @Option(
            names = "--source",
            paramLabel = "COMMIT",
            description = "What the document is called in its repository; it stays in the history. Required where a"
                    + " repository owns the policy.")
    private @Nullable String source;

    @Option(
            names = "--if-match",
            paramLabel = "VERSION",
            description = "Refuses unless this version is in force; otherwise whichever is when the command begins.")
    private @Nullable String ifMatch;

    @Option(names = "--dry-run", description = "Checks the document, shows what would change, publishes nothing.")
    private boolean dryRun;

    @Option(
            names = "--rego",
            paramLabel = "DIR",
            description = "The organization's own Rego, in place of what is in force; otherwise that stays.")
    private @Nullable Path rego;

    @Option(
            names = "--opa",
            paramLabel = "PATH",
            description = "Compiles and tests the Rego here, for a console that has no opa.")
    private @Nullable Path opa;

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Override
    public Integer call() {
        var document = PolicyFile.read(file);
        try (var client = console.connect()) {
            var inForce = client.document("policy").orElse(PolicyText.NONE);
            checkVersion(inForce);
            var out = spec.commandLine().getOut();
            if (rego == null && inForce.text().equals(document.text())) {
                out.println("Version " + inForce.version() + " says this already; nothing was published.");
            } else if (dryRun) {
                tell(PolicyChanges.between(inForce.text(), document.text()), inForce, out);
            } else if (rego != null) {
                var modules = Optional.of(upload(rego, document.document()));
                out.println(client.publish(document.text(), modules, comment));
            } else {
                out.println(client.publish(
                        new PublishOrder(document.text(), comment, Optional.ofNullable(source), inForce.tag())));
            }
            out.flush();
        } catch (StalePolicy e) {
            throw new Refused(e.getMessage() + advice(e.version()), e);
        }
        return ExitCode.FINE;
    }

    private ModulesUpload upload(Path folder, PolicyDocument document) {
        var modules = RegoFolder.read(folder);
        return Optional.ofNullable(opa)
                .map(path -> OwnRego.compile(OpaOption.at(path), modules, Optional.of(document)))
                .map(compiled -> ModulesUpload.compiled(new RegoBundle(modules, compiled.program())))
                .orElseGet(() -> ModulesUpload.sources(modules));
    }

    private void checkVersion(PolicyText inForce) {
        if (ifMatch != null && !ifMatch.equals(inForce.version())) {
            throw new Refused("Version " + inForce.version() + " is in force, not " + ifMatch + ". Nothing was written."
                    + advice(inForce.version()));
        }
    }

    private String advice(String version) {
        return " See `portcullis policy diff " + file + "`, then publish again with --if-match " + version + ".";
    }

    private static void tell(PolicyChanges changes, PolicyText inForce, PrintWriter out) {
        changes.text().forEach(out::println);
        out.println("This would take the place of version " + inForce.version() + "; nothing was published.");
    }
}
