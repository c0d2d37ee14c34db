package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.Console;
import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Runs what the recipe for a repository that owns the policy says: with git, a console, its database,
/// and the program as pipelines call it.
class GitOpsIT {
    private static final Path RECIPE = Path.of("../docs/gitops.md");
    private static final String POLICY = """
            apiVersion: portcullis/v1
            organization: acme
            routes: {port-eu: {upstream: sandbox, profile: port}}
            rules:
            - {id: everyone-reads, readOnly: true} # for now
            """;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Console console;
    private String admin;

    private record Ended(int code, String said) {}

    @BeforeEach
    void start() throws IOException {
        database = TestDatabase.create();
        admin = FirstStart.prepare(database.dataSource()).adminToken().orElseThrow();
        FirstStart.publishFirst(database.dataSource(), POLICY, "first");
        console = Console.start(new ConsoleSettings(
                        InetAddress.getLoopbackAddress(),
                        0,
                        new DatabaseSettings(database.url(), database.user(), new Secret(database.password())),
                        "http://127.0.0.1:8080",
                        Optional.empty())
                .withPolicyOwner(ConfigurationFile.parse(block("yaml configuration"), Map.of())
                        .read(file -> PolicyOwner.from(file.section("console")))));
        command(
                "portcullis",
                "exec '%s/bin/java' -XX:TieredStopAtLevel=1 -Dlogback.configurationFile=logback.xml -cp '%s' %s \"$@\""
                        .formatted(System.getProperty("java.home"), classPath(), PortcullisCommand.class.getName()));
        command("gh", "echo \"$@\" > \"$HOME/gh-arguments\"; cp changes.md \"$HOME/comment.md\"");
    }

    @AfterEach
    void stop() {
        console.close();
        database.close();
    }

    @Test
    void recipeWorksFromBootstrapToUndo() throws IOException {
        // Given
        succeed(folder, admin, commands("bootstrap"));
        var repository = folder.resolve("policy-repository");
        var document = repository.resolve("policy.yaml");
        assertThat(document).content().contains("  - id: everyone-reads").contains("# for now");
        var tokens = succeed(folder, admin, commands("tokens"))
                .lines()
                .filter(line -> line.startsWith("pca_"))
                .toList();
        var publisher = tokens.getFirst();
        var auditor = tokens.getLast();

        // When: a pull request
        Files.writeString(
                document, Files.readString(document) + "\n  - id: freeze\n    match: {groups: [ci]}\n    deny: true\n");
        succeed(repository, admin, "git commit -qam 'Freeze CI'");
        succeed(repository, auditor, "PULL_REQUEST=7; " + runs("pull-request"));

        // Then
        assertThat(folder.resolve("gh-arguments")).content().startsWith("pr comment 7");
        assertThat(folder.resolve("comment.md")).content().contains("Added rule freeze", "+   - id: freeze");
        assertThat(run(repository, auditor, runs("drift")).code()).isEqualTo(1);
        assertThat(run(repository, auditor, runs("merge")).said()).contains("403");
        assertThat(run(repository, admin, runs("merge")).said()).contains("409", "git.example.com");

        // When: it is merged
        var said = succeed(repository, publisher, runs("merge"));

        // Then
        assertThat(said).contains("Published as version 2.");
        var commit = succeed(repository, admin, "git rev-parse HEAD").strip();
        assertThat(succeed(repository, auditor, history())).contains("\"source\":\"" + commit + "\"", "Freeze CI");
        assertThat(succeed(repository, publisher, runs("merge"))).contains("Version 2 says this already");
        succeed(repository, auditor, runs("drift"));

        // When: it is taken back
        succeed(repository, publisher, commands("undo"));

        // Then
        assertThat(succeed(repository, auditor, history())).contains("Revert");
        succeed(repository, auditor, runs("drift"));
        assertThat(run(repository, publisher, "portcullis policy publish policy.yaml --comment x --if-match 1")
                        .said())
                .contains("Version 3 is in force, not 1");
    }

    @Test
    void gitlabRunsTheSameCommands() throws IOException {
        var github = runs("merge") + runs("pull-request") + runs("drift");

        Pattern.compile("(?m)^    - (portcullis policy (?:validate|format|diff).*)$")
                .matcher(block("yaml gitlab"))
                .results()
                .forEach(command -> assertThat(github).contains(command.group(1)));
    }

    /// From wherever the program is started.
    private static String classPath() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String history() {
        return "curl -fsS -H \"Authorization: Bearer $PORTCULLIS_TOKEN\" \"$PORTCULLIS_URL/api/v1/policy/versions?limit=1\"";
    }

    private static String commands(String name) throws IOException {
        return block("sh " + name);
    }

    /// What the steps of a workflow run, one after the other.
    private static String runs(String name) throws IOException {
        var workflow = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(block("yaml " + name));
        var commands = new ArrayList<String>();
        ((Map<?, ?>) workflow.get("jobs"))
                .values()
                .forEach(job -> ((List<?>) ((Map<?, ?>) job).get("steps"))
                        .stream()
                                .map(step -> ((Map<?, ?>) step).get("run"))
                                .filter(String.class::isInstance)
                                .forEach(run -> commands.add((String) run)));
        assertThat(commands).isNotEmpty();
        return String.join("\n", commands) + "\n";
    }

    private static String block(String head) throws IOException {
        var found = Pattern.compile("(?ms)^```" + head + "\n(.*?)^```$").matcher(Files.readString(RECIPE));
        assertThat(found.find()).as(head).isTrue();
        return found.group(1);
    }

    private void command(String name, String script) throws IOException {
        var file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String succeed(Path directory, String token, String commands) throws IOException {
        var ended = run(directory, token, commands);
        assertThat(ended.code()).as(ended.said()).isZero();
        return ended.said();
    }

    private Ended run(Path directory, String token, String commands) throws IOException {
        var output = Files.createTempFile(folder, "said", ".txt");
        var process = new ProcessBuilder("sh", "-e", "-c", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = new HashMap<>(Map.of(
                "PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"),
                "HOME", folder.toString(),
                "PORTCULLIS_URL", "http://127.0.0.1:" + console.port(),
                "PORTCULLIS_TOKEN", token,
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_AUTHOR_NAME", "Ada",
                "GIT_AUTHOR_EMAIL", "ada@example.com",
                "GIT_COMMITTER_NAME", "Ada",
                "GIT_COMMITTER_EMAIL", "ada@example.com"));
        process.environment().clear();
        process.environment().putAll(environment);
        try {
            var running = process.start();
            if (!running.waitFor(2, TimeUnit.MINUTES)) {
                running.destroyForcibly();
                throw new AssertionError("takes too long: " + commands);
            }
            return new Ended(running.exitValue(), Files.readString(output));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
