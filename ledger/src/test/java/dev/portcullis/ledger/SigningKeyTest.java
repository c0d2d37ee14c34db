package dev.portcullis.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class SigningKeyTest {
    /// Of RFC 8410, section 10.3, with its public key of section 10.1.
    private static final String OF_THE_RFC = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----
        """;

    private static final String PUBLIC_KEY_OF_THE_RFC = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """;

    @TempDir
    private Path folder;

    @Test
    void publicKeyBelongsToThePrivateOne() {
        var key = SigningKey.read(OF_THE_RFC);
        var message = "message".getBytes(StandardCharsets.UTF_8);

        assertThat(key.publicKey().pem()).isEqualTo(PUBLIC_KEY_OF_THE_RFC);
        assertThat(VerificationKey.read(PUBLIC_KEY_OF_THE_RFC).verifies(message, key.sign(message)))
                .isTrue();
        assertThat(VerificationKey.read(PUBLIC_KEY_OF_THE_RFC)
                        .verifies(message, SigningKey.generate().sign(message)))
                .isFalse();
    }

    @Test
    void missingFileIsMadeForItsOwnerOnly() throws IOException {
        // When
        var file = folder.resolve("signing.key");
        var made = SigningKey.at(file);

        // Then
        assertThat(SigningKey.at(file).keyId()).isEqualTo(made.keyId());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingShown() throws IOException {
        var file = folder.resolve("other.key");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> SigningKey.at(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.key (expected: an Ed25519 key as PEM")
                .hasMessageNotContaining("c2Vj");
    }

    @Test
    void folderThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> SigningKey.at(folder.resolve("no/signing.key")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be made");
    }
}
