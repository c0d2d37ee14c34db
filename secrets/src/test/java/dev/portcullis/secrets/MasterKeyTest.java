package dev.portcullis.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

class MasterKeyTest {
    private static final byte[] SECRET = "s3cret".getBytes(StandardCharsets.UTF_8);

    @Test
    void secretOpensInItsPlaceOnly() throws GeneralSecurityException {
        // Given
        var key = MasterKey.read(MasterKey.generate());

        // When
        var encrypted = key.encrypt(SECRET, "credential:a");

        // Then
        assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
        assertThat(key.decrypt(encrypted, "credential:a")).isEqualTo(SECRET);
        assertThatThrownBy(() -> key.decrypt(encrypted, "credential:b")).isInstanceOf(GeneralSecurityException.class);
        encrypted[encrypted.length - 1] ^= 1;
        assertThatThrownBy(() -> key.decrypt(encrypted, "credential:a")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void afterRotationOldSecretsOpenAndNewOnesNeedTheNewKey() throws GeneralSecurityException {
        // Given
        var old = MasterKey.read(MasterKey.generate());
        var before = old.encrypt(SECRET, "c");

        // When
        var rotated = MasterKey.read(old.rotated());
        var after = rotated.encrypt(SECRET, "c");

        // Then
        assertThat(rotated.decrypt(before, "c")).isEqualTo(SECRET);
        assertThat(rotated.isNewestFor(before)).isFalse();
        assertThat(rotated.isNewestFor(after)).isTrue();
        assertThatThrownBy(() -> old.decrypt(after, "c")).isInstanceOf(GeneralSecurityException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "{}", "{\"primaryKeyId\":1,\"key\":[]}"})
    void whatIsNoKeyIsRefusedAndNotShown(String text) {
        assertThatThrownBy(() -> MasterKey.read(new Secret(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("(expected: a key as `portcullis secrets new FILE` makes it)")
                .hasNoCause();
    }

    @Test
    void nothingPrintsAKey() {
        var text = MasterKey.generate();
        assertThat(MasterKey.read(text)).hasToString("[master key]");
        assertThat(text).hasToString("[secret]");
    }
}
