package dev.portcullis.sandbox.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class ControlHeadersReadingTest {

    @Test
    void absentHeadersRestrictNothing() {
        assertThat(ControlHeaders.read(List.of(), List.of())).isEqualTo(ControlHeaders.NONE);
        assertThat(ControlHeaders.NONE.permitsAction("anything")).isTrue();
    }

    @Test
    void repeatedHeaderTakesItsMostRestrictiveReading() {
        // When
        var headers = ControlHeaders.read(List.of("0", "1"), List.of("deploy, scale", "scale,issue"));

        // Then
        assertThat(headers.readOnly()).isTrue();
        assertThat(headers.sortedActions()).containsExactly("scale");
    }

    @Test
    void emptyListIsNoAbsentOne() {
        assertThat(ControlHeaders.read(List.of(), List.of("")).permitsAction("deploy"))
                .isFalse();
        assertThat(ControlHeaders.read(List.of(), List.of(" , ")).permitsAction("deploy"))
                .isFalse();
    }

    @Test
    void actionsAreComparedExactly() {
        // When
        var headers = ControlHeaders.read(List.of(), List.of("deploy_service"));

        // Then
        assertThat(headers.permitsAction("Deploy_Service")).isFalse();
        assertThat(headers.permitsAction("deploy_service ")).isFalse();
        assertThat(headers.permitsAction("deploy_service")).isTrue();
    }
}
