package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import org.jooq.Field;
import org.jooq.JSONB;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.UUID;

class RowCodecTest {
    @Test
    void rowComesBackAsItWas() throws Exception {
        // Given
        var row = new ExchangeRows("replica-1")
                .of(RecordForTest.create().arguments("{\"a\": [1, \"ü\"]}").build());

        // When
        var back = RowCodec.decode(RowCodec.encode(row));

        // Then
        assertThat(back).isEqualTo(row);
        assertThat(back.get(ExchangeRows.CLIENT_ADDRESS)).isEqualTo("127.0.0.1");
    }

    @Test
    void everyColumnComesBack() throws Exception {
        // Given a row with a value in each column there is
        var row = new ExchangesRecord();
        for (var column : EXCHANGES.fields()) {
            set(row, column, valueOf(column.getType()));
        }

        // Then
        assertThat(RowCodec.decode(RowCodec.encode(row))).isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "{\"v\":2}", "{\"v\":1}", "{\"v\":1,\"id\":\"x\"}", "{\"v\":1,\"unheard_of\":1}"})
    void whatIsNoRowIsRefused(String text) {
        assertThatThrownBy(() -> RowCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RowCodec.UnreadableRow.class);
    }

    @SuppressWarnings("unchecked")
    private static void set(ExchangesRecord row, Field<?> column, Object value) {
        row.set((Field<Object>) column, value);
    }

    private static Object valueOf(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "UUID" -> UUID.randomUUID();
            case "OffsetDateTime" -> OffsetDateTime.parse("2026-11-26T18:00:00.123456Z");
            case "String[]" -> new String[] {"one", "two, \"three\""};
            case "Long" -> Long.MAX_VALUE;
            case "Integer" -> 503;
            case "Boolean" -> true;
            case "JSONB" -> JSONB.jsonb("{\"a\": \"\\\"\"}");
            case "byte[]" -> new byte[] {1, -2};
            default -> "text \u2028 \uD83D\uDE00";
        };
    }
}
