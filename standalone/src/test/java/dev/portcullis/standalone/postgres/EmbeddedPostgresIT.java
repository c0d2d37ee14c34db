package dev.portcullis.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.portcullis.configuration.DatabaseSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

class EmbeddedPostgresIT {
    private static final int SOCKET_FOLDER_LINE = 4;

    @TempDir
    private static Path parent;

    private static int number;

    private Path folder;

    /// Set up once, below a folder that only its owner can enter, as the default folder may well be.
    @BeforeAll
    static void createTemplate() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        EmbeddedPostgres.start(parent.resolve("template")).close();
    }

    /// A copy for each test, which is also how people move their installation.
    @BeforeEach
    void copyTemplate() throws IOException {
        folder = parent.resolve("installation-" + ++number);
        var copied = new Command(List.of("cp", "-a", parent.resolve("template").toString(), folder.toString()), parent)
                .run();
        assertThat(copied.succeeded()).as(copied.output()).isTrue();
    }

    @Test
    void dataSurvivesARestartOnTheSamePort() throws SQLException {
        // Given
        String url;
        try (var postgres = EmbeddedPostgres.start(folder)) {
            url = postgres.settings().url();
            execute(postgres.settings(), "create table kept as select 42 as answer");
        }

        // When
        try (var postgres = EmbeddedPostgres.start(folder)) {

            // Then
            assertThat(postgres.settings().url()).isEqualTo(url);
            assertThat(query(postgres.settings(), "select answer::text from kept"))
                    .isEqualTo("42");
        }
    }

    @Test
    void serverIsSetUpHonestly() throws SQLException, IOException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            var settings = postgres.settings();
            assertThat(query(settings, "show fsync")).isEqualTo("on");
            assertThat(query(settings, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(settings, "show full_page_writes")).isEqualTo("on");
            assertThat(query(settings, "show data_checksums")).isEqualTo("on");
            assertThat(query(settings, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(SOCKET_FOLDER_LINE))
                    .isEmpty();
            assertThat(query(
                            settings,
                            "select pg_encoding_to_char(encoding) from pg_database where datname = current_database()"))
                    .isEqualTo("UTF8");
            assertThat(query(settings, "select rolsuper::text from pg_roles where rolname = current_user"))
                    .isEqualTo("false");
            assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.getPosixFilePermissions(folder.resolve("data")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void wrongPasswordIsRefused() {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            postgres.settings().url(), postgres.settings().user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void serverThatOutlivedItsJvmIsAdopted() throws SQLException, IOException {
        // Given a server whose JVM never closes it
        var orphan = EmbeddedPostgres.start(folder);
        var process = Postmaster.find(new PostgresFolder(folder.toRealPath()))
                .orElseThrow()
                .process();

        // When
        try (var adopted = EmbeddedPostgres.start(folder)) {

            // Then
            assertThat(adopted.settings().url()).isEqualTo(orphan.settings().url());
            assertThat(query(adopted.settings(), "select 'alive'")).isEqualTo("alive");
        }
        Awaitility.await().until(() -> !process.isAlive());
    }

    @Test
    void killedServerRecovers() throws SQLException, IOException {
        // Given
        var killed = EmbeddedPostgres.start(folder);
        execute(killed.settings(), "create table kept as select 'committed' as state");
        var process = Postmaster.find(new PostgresFolder(folder.toRealPath()))
                .orElseThrow()
                .process();
        process.destroyForcibly();
        Awaitility.await().until(() -> !process.isAlive());

        // When
        try (var postgres = EmbeddedPostgres.start(folder)) {

            // Then
            assertThat(query(postgres.settings(), "select state from kept")).isEqualTo("committed");
        }
    }

    @Test
    void processNumberOfSomebodyElseIsNoServer() throws IOException, SQLException {
        // Given a file left behind by a power failure, whose number this JVM has now
        EmbeddedPostgres.start(folder).close();
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n0\n1\n\n127.0.0.1\n\nready\n");

        // When
        try (var postgres = EmbeddedPostgres.start(folder)) {

            // Then
            assertThat(query(postgres.settings(), "select 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void anotherPortIsTakenWhenTheOldOneIsBusy() throws IOException, SQLException {
        // Given
        EmbeddedPostgres.start(folder).close();
        int old = Integer.parseInt(Files.readString(folder.resolve("port")));

        try (var taken = new ServerSocket(old, 1, InetAddress.getLoopbackAddress());
                // When
                var postgres = EmbeddedPostgres.start(folder)) {

            // Then
            assertThat(postgres.settings().url()).doesNotContain(":" + taken.getLocalPort() + "/");
            assertThat(query(postgres.settings(), "select 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void halfMadeClusterIsMadeAnew() throws IOException, SQLException {
        FileTree.delete(folder.resolve("data"));
        Files.createDirectories(folder.resolve("data.unfinished/base"));
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(query(postgres.settings(), "select 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void changedPasswordFileIsOneSentence() throws IOException {
        EmbeddedPostgres.start(folder).close();
        Files.writeString(folder.resolve("password"), "changed");
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(PostgresException.class)
                .hasMessage("The password that is kept for the database is not the database's.");
        assertThat(Postmaster.find(new PostgresFolder(folder.toRealPath()))).isEmpty();
    }

    @Test
    void lostPasswordIsOneSentence() throws IOException {
        EmbeddedPostgres.start(folder).close();
        Files.delete(folder.resolve("password"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder)).hasMessageContaining("has lost its password");
    }

    @Test
    void clusterOfAnotherVersionIsOneSentence() throws IOException {
        EmbeddedPostgres.start(folder).close();
        Files.writeString(folder.resolve("data/PG_VERSION"), "12\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .hasMessageContaining("does not start: database files are incompatible with server");
    }

    /// Both ways root has, one after the other on the same data.
    @Test
    void rootHasTwoWaysNotToBeRoot() throws IOException, SQLException {
        assumeTrue(new UnixSystem().getUid() == 0 && Platform.current().isLinux(), "only root on Linux has these ways");
        var files = new PostgresFolder(folder.toRealPath());
        var binaries = ServerBinaries.unpack(Platform.current(), files);
        for (var account : List.of(ServerAccount.nobody(), ServerAccount.userNamespace(), ServerAccount.nobody())) {
            try (var postgres = EmbeddedPostgres.start(new Cluster(files, binaries, account))) {
                assertThat(query(postgres.settings(), "select 'alive'")).isEqualTo("alive");
            }
        }
    }

    private static void execute(DatabaseSettings settings, String sql) throws SQLException {
        try (var connection = connect(settings);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(DatabaseSettings settings, String sql) throws SQLException {
        try (var connection = connect(settings);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(
                settings.url(), settings.user(), settings.password().reveal());
    }
}
