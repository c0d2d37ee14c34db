package dev.portcullis.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class ApiKeyTest {
    private static final String SECRET = "A".repeat(43);

    @Test
    void keyIsReadAsItWasMade() {
        // Given
        var made = ApiKey.generate();

        // When
        var read = ApiKey.parse(made.reveal()).orElseThrow();

        // Then
        assertThat(made.reveal()).hasSize(60).startsWith("pck_" + made.prefix() + "_");
        assertThat(read.prefix()).isEqualTo(made.prefix());
        assertThat(read.reveal()).isEqualTo(made.reveal());
        assertThat(read).hasToString("pck_" + made.prefix() + "_[secret]");
        assertThat(ApiKey.generate().reveal()).isNotEqualTo(made.reveal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pck_",
                "pck_abcdefghijkl_",
                "pck_abcdefghijk_" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "PCK_abcdefghijkl_" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "pck_ABCDEFGHIJKL_" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "pck_abcdefghijkl_" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "pck_abcdefghijkl_" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                // The last character has two bits too many: another spelling of the same bytes.
                "pck_abcdefghijkl_" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                " pck_abcdefghijkl_" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void otherSpellingsAreNoKeys(String text) {
        assertThat(ApiKey.parse(text)).isEmpty();
    }

    @Test
    void hashFitsItsKeyAndHasherOnly() {
        // Given
        var hasher = new KeyHasher(KeyHasher.newKey());
        var key = ApiKey.parse("pck_abcdefghijkl_" + SECRET).orElseThrow();
        var hash = hasher.hash(key);

        // Then
        assertThat(hasher.matches(key, Optional.of(hash))).isTrue();
        assertThat(hasher.matches(ApiKey.generate(), Optional.of(hash))).isFalse();
        assertThat(new KeyHasher(KeyHasher.newKey()).matches(key, Optional.of(hash)))
                .isFalse();
        assertThat(hasher.matches(key, Optional.empty())).isFalse();
    }
}
