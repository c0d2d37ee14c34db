package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.database.audit.tables.records.AdminEventsRecord;
import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// A record in the form that is hashed: a JSON object of its columns by name, without those that are null
/// and without its place in the chain.
///
/// It is the same for a row before it is written and for the row as PostgreSQL gives it back: times are to
/// the microsecond in UTC, JSON is canonical, addresses are uncompressed. A column that is added later
/// changes nothing for rows in which it is null.
public final class CanonicalRecord {
    /// The only inet; jOOQ does not know the type.
    private static final String ADDRESS = "client_address";

    private static final Set<String> PLACE = Set.of("chain", "sequence", "hash");
    private static final List<Column> OF_EXCHANGES = columns(EXCHANGES);
    private static final List<Column> OF_ADMIN_EVENTS = columns(ADMIN_EVENTS);

    /// @param member how its member begins
    /// @param index where its value is in a row
    private record Column(String name, String member, int index, boolean isAddress) {}

    private CanonicalRecord() {}

    /// What is hashed of an exchange.
    public static byte[] of(ExchangesRecord row) {
        return bytes(Subject.EXCHANGE, json(row));
    }

    /// What is hashed of an admin event.
    public static byte[] of(AdminEventsRecord row) {
        return bytes(Subject.ADMIN_EVENT, json(row));
    }

    /// What is hashed of a record, from its canonical JSON.
    static byte[] bytes(Subject subject, String json) {
        return Statement.bytes(subject.wireName() + "-" + ChainStart.FORM, json);
    }

    /// An exchange as exports have it.
    public static String json(ExchangesRecord row) {
        return json(row, OF_EXCHANGES);
    }

    /// An admin event as exports have it.
    public static String json(AdminEventsRecord row) {
        return json(row, OF_ADMIN_EVENTS);
    }

    private static String json(Record row, List<Column> columns) {
        var json = new StringBuilder(1024).append('{');
        for (var column : columns) {
            var value = row.get(column.index);
            if (value != null) {
                json.append(json.length() > 1 ? "," : "").append(column.member).append(value(column, value));
            }
        }
        return json.append('}').toString();
    }

    private static String value(Column column, Object value) {
        return switch (value) {
            case UUID id -> '"' + id.toString() + '"';
            case OffsetDateTime time -> '"' + Statement.time(time) + '"';
            case JSONB json -> CanonicalJson.of(json.data());
            case String[] texts -> texts(texts);
            case byte[] bytes -> '"' + HexFormat.of().formatHex(bytes) + '"';
            case Boolean flag -> flag.toString();
            case Short number -> CanonicalJson.number(number.toString());
            case Integer number -> CanonicalJson.number(number.toString());
            case Long number -> CanonicalJson.number(number.toString());
            case BigDecimal number -> CanonicalJson.number(number.toString());
            // PostgreSQL's driver has no class for an inet.
            case Object any when column.isAddress -> CanonicalJson.string(address(any.toString()));
            case String text -> CanonicalJson.string(text);
            default ->
                throw new IllegalStateException(
                        "the column " + column.name + " has no canonical form: " + value.getClass());
        };
    }

    private static String texts(String[] texts) {
        return Arrays.stream(texts)
                .map(text -> text == null ? "null" : CanonicalJson.string(text))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /// Addresses are written in more than one way, and a network may follow. An IPv4 address in IPv6 is
    /// another one than itself.
    private static String address(String text) {
        int slash = text.indexOf('/');
        var literal = slash < 0 ? text : text.substring(0, slash);
        var rest = slash < 0 ? "" : text.substring(slash);
        try {
            var plain = InetAddress.ofLiteral(literal).getHostAddress();
            return (literal.contains(":") && !plain.contains(":") ? "::ffff:" : "") + plain + rest;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static List<Column> columns(Table<?> table) {
        return table.fieldStream()
                .filter(field -> !PLACE.contains(field.getName()))
                .map(field -> column(table, field))
                .sorted(Comparator.comparing(Column::name))
                .toList();
    }

    private static Column column(Table<?> table, Field<?> field) {
        var name = field.getName();
        return new Column(name, '"' + name + "\":", table.indexOf(field), name.equals(ADDRESS));
    }
}
