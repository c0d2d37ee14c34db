package dev.portcullis.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,postgres-linux-x86_64.txz",
        "Linux,aarch64,postgres-linux-arm_64.txz",
        "Mac OS X,x86_64,postgres-darwin-x86_64.txz",
        "Mac OS X,aarch64,postgres-darwin-arm_64.txz"
    })
    void everySupportedMachineHasAnArchive(String system, String architecture, String archive) {
        assertThat(Platform.of(system, architecture).archive()).isEqualTo(archive);
    }

    @Test
    void otherMachinesAreToldWhatToDo() {
        assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
                .isInstanceOf(PostgresException.class)
                .hasMessage("There is no embedded PostgreSQL for Windows 11 on amd64."
                        + " Run `portcullis proxy` and `portcullis console` on a PostgreSQL of your own instead.");
        assertThatThrownBy(() -> Platform.of("Linux", "riscv64")).hasMessageContaining("Linux on riscv64");
    }
}
