package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import dev.portcullis.policy.recorded.FactsWriter;
import dev.portcullis.policy.recorded.RecordedFacts.Part;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/// Rows of `audit.exchanges` made from records: as they are, and in two plainer forms for a database
/// that would not take them.
final class ExchangeRows {
    /// PostgreSQL knows addresses and jOOQ does not; they are bound as text.
    @SuppressWarnings("unchecked")
    static final Field<Object> CLIENT_ADDRESS =
            (Field<Object>) Objects.requireNonNull(EXCHANGES.field("client_address"));

    /// An index entry holds 2704 bytes, and a character takes up to four.
    private static final int INDEXED = 512;

    private static final int TEXT = 4096;
    private static final int ENTRIES = 256;
    /// Of a longer text, more than is kept is not looked at.
    private static final int LONGEST_READ = 4 * TEXT;
    private static final String UNEXPLAINED = "gateway:unexplained";

    private final String replica;

    ExchangeRows(String replica) {
        this.replica = replica;
    }

    /// The row of a record, or what can be said of one that no row can be made of.
    ExchangesRecord of(AuditRecord record) {
        try {
            return row(record);
        } catch (RuntimeException e) {
            return bare(
                    record.id(),
                    record.occurredAt(),
                    record.outcome().wireName(),
                    e.getClass().getSimpleName());
        }
    }

    private ExchangesRecord row(AuditRecord record) {
        var row = new ExchangesRecord();
        row.setId(record.id());
        row.setOccurredAt(time(record.occurredAt()));
        row.setCompletedAt(time(record.completedAt()));
        row.setReplica(replica);
        row.setOrganization(text(record.organization()));
        row.setRoute(indexed(record.route()));
        row.setEra(text(record.era()));
        row.setMethod(text(record.method()));
        row.setTool(foreign(record.tool(), INDEXED));
        row.setToolClass(text(record.toolClass()));
        row.setAction(foreign(record.action(), TEXT));
        row.setCaller(foreign(record.caller(), INDEXED));
        row.setCallerKind(text(record.callerKind()));
        row.setCallerGroups(texts(record.callerGroups()));
        row.setClientName(foreign(record.clientName(), TEXT));
        row.setClientVersion(foreign(record.clientVersion(), TEXT));
        row.set(
                CLIENT_ADDRESS,
                record.clientAddress().map(ExchangeRows::address).orElse(null));
        row.setSessionHash(text(record.sessionHash()));
        row.setRequestId(foreign(record.requestId(), TEXT));
        row.setDecision(record.decision());
        row.setRules(texts(explained(record)));
        row.setObservedRules(texts(record.observedRules()));
        row.setPolicyVersion(number(record.policyVersion()));
        row.setOutcome(record.outcome().wireName());
        row.setRefusal(text(record.refusal()));
        row.setHttpMethod(text(record.httpMethod()));
        row.setHttpStatus(number(record.httpStatus()));
        row.setUpstreamStatus(number(record.upstreamStatus()));
        row.setRequestBytes(record.requestBytes());
        row.setResponseBytes(record.responseBytes());
        row.setDecisionMicros(number(record.decisionMicros()));
        row.setLatencyMicros(record.latencyMicros());
        row.setArguments(record.argumentsJson().map(JSONB::jsonb).orElse(null));
        row.setArgumentsDigest(text(record.argumentsDigest()));
        row.setTraceId(text(record.traceId()));
        row.setCallerName(foreign(record.callerName(), TEXT));
        row.setCallerVerified(record.callerVerified().orElse(null));
        row.setHiddenTools(record.hiddenTools().map(ExchangeRows::foreign).orElse(null));
        row.setResult(record.resultJson().map(JSONB::jsonb).orElse(null));
        row.setExchanges(number(record.exchanges()));
        row.setPolicyFacts(record.policyFacts()
                .map(facts -> facts.withAltered(altered(record, row)))
                .map(FactsWriter::write)
                .map(JSONB::jsonb)
                .orElse(null));
        return row;
    }

    /// The row without what the table is particular about, and a note of that in place of the
    /// arguments.
    ///
    /// @param state the database's reason
    ExchangesRecord repaired(ExchangesRecord refused, String state) {
        var row = refused.into(EXCHANGES);
        row.setEra(null);
        row.setToolClass(null);
        row.set(CLIENT_ADDRESS, null);
        row.setArguments(note(state));
        row.setHiddenTools(null);
        row.setResult(null);
        row.setPolicyFacts(null);
        if (!List.of("allowed", "denied", "undecided", "none").contains(row.getDecision())) {
            row.setDecision("none");
        }
        return row;
    }

    /// Only that there was an exchange, and how it ended.
    ExchangesRecord bare(ExchangesRecord refused, String state) {
        return bare(refused.getId(), sensible(refused), refused.getOutcome(), state);
    }

    /// When it began, or what its id says of that where no timestamp can hold it: always the same, since id and time
    /// say which record it is when it is written once more.
    private static Instant sensible(ExchangesRecord row) {
        var year = row.getOccurredAt().getYear();
        return year > 0 && year < 10_000
                ? row.getOccurredAt().toInstant()
                : Instant.ofEpochMilli(row.getId().getMostSignificantBits() >>> 16);
    }

    private ExchangesRecord bare(UUID exchange, Instant occurredAt, String outcome, String state) {
        var row = row(AuditRecord.beginning(exchange, occurredAt, Instant.now(), "unrecordable"));
        row.setOutcome(outcome);
        row.setArguments(note(state));
        return row;
    }

    /// What a policy asks for, and the row does not say as it was.
    private static Set<Part> altered(AuditRecord record, ExchangesRecord row) {
        var altered = EnumSet.noneOf(Part.class);
        note(altered, Part.METHOD, record.method(), row.getMethod());
        note(altered, Part.TOOL, record.tool(), row.getTool());
        note(altered, Part.CALLER, record.caller(), row.getCaller());
        note(altered, Part.CLIENT, record.clientName(), row.getClientName());
        note(altered, Part.CLIENT, record.clientVersion(), row.getClientVersion());
        if (!record.callerGroups().equals(List.of(row.getCallerGroups()))) {
            altered.add(Part.GROUPS);
        }
        return altered;
    }

    private static void note(Set<Part> altered, Part part, Optional<String> real, @Nullable String kept) {
        if (!real.equals(Optional.ofNullable(kept))) {
            altered.add(part);
        }
    }

    private static JSONB note(String state) {
        return JSONB.jsonb("{\"dev.portcullis/unrecordable\": \"" + state.replaceAll("[^A-Za-z0-9]", "") + "\"}");
    }

    /// A denial always says what denied.
    private static List<String> explained(AuditRecord record) {
        return record.decision().equals("denied") && record.rules().isEmpty() ? List.of(UNEXPLAINED) : record.rules();
    }

    private static String address(InetAddress address) {
        var text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static OffsetDateTime time(Instant instant) {
        // As exact as PostgreSQL, so that what comes back is what was sent.
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String text(Optional<String> value) {
        return value.map(text -> PlainText.of(text, TEXT)).orElse(null);
    }

    /// A text that somebody outside has chosen. People paste keys and tokens into the wrong fields, and what
    /// is in the trail once stays there.
    private static @Nullable String foreign(Optional<String> value, int most) {
        return value.map(text -> text.substring(0, Math.min(text.length(), LONGEST_READ)))
                .map(text -> PlainText.of(SecretShapes.redact(text), most))
                .orElse(null);
    }

    /// Names that a server has chosen; there are no more of them than an exchange notes.
    private static String[] foreign(List<String> names) {
        return names.stream()
                .map(name -> PlainText.of(
                        SecretShapes.redact(name.substring(0, Math.min(name.length(), LONGEST_READ))), INDEXED))
                .toArray(String[]::new);
    }

    private static @Nullable String indexed(Optional<String> value) {
        return value.map(text -> PlainText.of(text, INDEXED)).orElse(null);
    }

    private static String[] texts(List<String> values) {
        return values.stream()
                .limit(ENTRIES)
                .map(text -> PlainText.of(text, INDEXED))
                .toArray(String[]::new);
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static @Nullable Integer number(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
