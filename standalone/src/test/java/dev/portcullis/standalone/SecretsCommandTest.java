package dev.portcullis.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.Secret;
import dev.portcullis.secrets.MasterKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

class SecretsCommandTest {
    @TempDir
    private Path folder;

    @Test
    void keyIsMadeOnceForItsOwnerAndRotated() throws Exception {
        // Given
        var file = folder.resolve("secrets.key");

        // Then
        assertThat(run("secrets", "new", file.toString())).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run("secrets", "new", file.toString())).isEqualTo(2);
        var old = key(file);
        var encrypted = old.encrypt(new byte[] {7}, "c");

        // When
        assertThat(run("secrets", "rotate", file.toString())).isZero();

        // Then
        assertThat(key(file).decrypt(encrypted, "c")).containsExactly(7);
        assertThat(key(file).isNewestFor(encrypted)).isFalse();
        var anew = key(file).encrypt(new byte[] {8}, "c");

        // When
        assertThat(run("secrets", "prune", file.toString())).isZero();

        // Then
        assertThat(key(file).decrypt(anew, "c")).containsExactly(8);
        assertThatThrownBy(() -> key(file).decrypt(encrypted, "c")).isInstanceOf(GeneralSecurityException.class);
        assertThat(run("secrets", "prune", file.toString())).isZero();
        assertThat(run("secrets", "rotate", folder.resolve("nothing").toString()))
                .isEqualTo(2);
        Files.writeString(file, "hunter2");
        assertThat(run("secrets", "rotate", file.toString())).isEqualTo(2);
    }

    private static MasterKey key(Path file) throws IOException {
        return MasterKey.read(new Secret(Files.readString(file)));
    }

    private static int run(String... arguments) {
        var said = new StringWriter();
        int code = PortcullisCommand.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments);
        assertThat(said.toString()).doesNotContain("hunter2", "primaryKeyId");
        return code;
    }
}
