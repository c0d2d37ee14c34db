package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import org.jooq.Field;
import org.jooq.JSONB;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/// Rows of `audit.exchanges` as bytes: a JSON object with those columns that have a value, whichever columns there are.
///
/// A row is kept and not the record it was made from, so that what is in the journal is what the database gets, and a
/// new column needs nothing here.
final class RowCodec {
    private static final String VERSION = "v";
    private static final int NOW = 1;

    private RowCodec() {}

    static byte[] encode(ExchangesRecord row) {
        var text = new StringWriter();
        try (var json = ArgumentsJson.generator(text)) {
            json.writeStartObject();
            json.writeNumberProperty(VERSION, NOW);
            for (var column : EXCHANGES.fields()) {
                var value = row.get(column);
                if (value != null) {
                    json.writeName(column.getName());
                    write(json, value);
                }
            }
            json.writeEndObject();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// @throws UnreadableRow when it was written by a version of the gateway that knows more than this one
    static ExchangesRecord decode(byte[] bytes) throws UnreadableRow {
        var row = new ExchangesRecord();
        try (var json = ArgumentsJson.parser(new String(bytes, StandardCharsets.UTF_8))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableRow("no object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                read(json, row);
            }
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new UnreadableRow(e.getClass().getSimpleName());
        }
        if (row.getId() == null || row.getOccurredAt() == null) {
            throw new UnreadableRow("no id");
        }
        return row;
    }

    /// Why bytes are no row.
    static final class UnreadableRow extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableRow(String reason) {
            super(reason);
        }
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case JSONB inner -> json.writeString(inner.data());
            case byte[] bytes -> json.writeString(Base64.getEncoder().encodeToString(bytes));
            case String[] texts -> {
                json.writeStartArray();
                Arrays.stream(texts).forEach(json::writeString);
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }

    private static void read(JsonParser json, ExchangesRecord row) throws UnreadableRow {
        var name = json.currentName();
        json.nextToken();
        if (VERSION.equals(name)) {
            if (json.getIntValue() != NOW) {
                throw new UnreadableRow("version " + json.getIntValue());
            }
            return;
        }
        var column = EXCHANGES.field(name);
        if (column == null) {
            throw new UnreadableRow("column " + name);
        }
        set(row, column, value(json, column.getType()));
    }

    private static Object value(JsonParser json, Class<?> type) {
        if (type == Long.class) {
            return json.getLongValue();
        }
        if (type == Integer.class) {
            return json.getIntValue();
        }
        if (type == Boolean.class) {
            return json.getBooleanValue();
        }
        if (type == String[].class) {
            var texts = new ArrayList<String>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                texts.add(json.getString());
            }
            return texts.toArray(String[]::new);
        }
        return text(json.getString(), type);
    }

    private static Object text(String text, Class<?> type) {
        if (type == UUID.class) {
            return UUID.fromString(text);
        }
        if (type == OffsetDateTime.class) {
            return OffsetDateTime.parse(text);
        }
        if (type == JSONB.class) {
            return JSONB.jsonb(text);
        }
        return type == byte[].class ? Base64.getDecoder().decode(text) : text;
    }

    @SuppressWarnings("unchecked")
    private static void set(ExchangesRecord row, Field<?> column, Object value) {
        row.set((Field<Object>) column, value);
    }
}
