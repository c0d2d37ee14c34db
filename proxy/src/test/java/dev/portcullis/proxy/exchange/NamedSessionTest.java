package dev.portcullis.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.binding.Holder;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.mcp.ClientSoftware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class NamedSessionTest {
    private static final Seals SEALS = new Seals(new byte[Seals.KEY_BYTES]);
    private static final Holder ADA = new Holder("r", "api_key:key:ada");

    @ParameterizedTest
    @ValueSource(strings = {"S-1", "a!b", "!", "x~y", "S-1!ZXZpbA"})
    void sessionComesBackWithItsName(String id) {
        for (var software : java.util.List.of(
                new ClientSoftware("evil ☠ client", Optional.of("1.0")), new ClientSoftware("", Optional.empty()))) {
            var named = new NamedSession(id, Optional.of(software));

            assertThat(NamedSession.open(SEALS, ADA, named.sealed(SEALS, ADA))).contains(named);
        }
        var unnamed = new NamedSession(id, Optional.empty());
        assertThat(NamedSession.open(SEALS, ADA, unnamed.sealed(SEALS, ADA))).contains(unnamed);
    }

    @Test
    void nobodyTakesTheNameOff() {
        // Given
        var sealed =
                new NamedSession("S-1", Optional.of(new ClientSoftware("evil", Optional.empty()))).sealed(SEALS, ADA);
        var seal = sealed.substring(sealed.lastIndexOf('~'));

        // Then
        assertThat(NamedSession.open(SEALS, ADA, "S-1" + seal)).isEmpty();
        assertThat(NamedSession.open(SEALS, ADA, "S-1!Z29vZA" + seal)).isEmpty();
        assertThat(NamedSession.open(SEALS, new Holder("r", "api_key:key:eve"), sealed))
                .isEmpty();
    }
}
