package dev.portcullis.console.sinks.otlp;

import dev.portcullis.console.sinks.Sink;
import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.sinks.ocsf.OcsfEvent;
import dev.portcullis.console.sinks.ocsf.OcsfSeverity;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Sends OpenTelemetry log records to a collector, OTLP over HTTP with protocol buffers.
///
/// The SDK's own batching forgets what could not be exported. Here it only makes the records; a batch is
/// handed to the exporter, which is asked once and says how it went.
public final class OtlpSink implements Sink {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final AttributeKey<String> UID = AttributeKey.stringKey("log.record.uid");
    private static final AttributeKey<String> ORIGIN = AttributeKey.stringKey("portcullis.origin");

    /// The exporter logs each failure, which the caller does as well. Held here, because the JVM forgets
    /// unused loggers.
    private static final java.util.logging.Logger EXPORTER =
            java.util.logging.Logger.getLogger("io.opentelemetry.exporter");

    private final List<LogRecordData> batch = new ArrayList<>();
    private final LogRecordExporter exporter;
    private final SdkLoggerProvider provider;
    private final Logger logger;

    public OtlpSink(SinkSettings.Otlp receiver) {
        EXPORTER.setLevel(java.util.logging.Level.OFF);
        exporter = exporter(receiver);
        provider = SdkLoggerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "portcullis")))
                .addLogRecordProcessor((_, made) -> batch.add(made.toLogRecordData()))
                .build();
        logger = provider.get("dev.portcullis.audit");
    }

    private static LogRecordExporter exporter(SinkSettings.Otlp receiver) {
        var builder = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(receiver.endpoint().toString())
                .setCompression("gzip")
                .setTimeout(TIMEOUT)
                // Whoever keeps the cursor tries again, and says so.
                .setRetryPolicy(null)
                .setHeaders(() -> receiver.headers().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, header -> header.getValue().reveal())));
        if ("https".equals(receiver.endpoint().getScheme())) {
            builder.setSslContext(receiver.tls().context(), receiver.tls().trust());
        }
        return builder.build();
    }

    @Override
    public void send(List<OcsfEvent> events) throws IOException {
        batch.clear();
        events.forEach(this::emit);
        var result = exporter.export(List.copyOf(batch)).join(TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS);
        batch.clear();
        if (!result.isSuccess()) {
            throw new IOException(Optional.ofNullable(result.getFailureThrowable())
                    .map(OtlpSink::reason)
                    .orElse("the receiver did not answer in time"));
        }
    }

    private void emit(OcsfEvent event) {
        logger.logRecordBuilder()
                .setTimestamp(event.time().toInstant())
                .setSeverity(severity(event.severity()))
                .setSeverityText(event.severity().caption())
                .setEventName("portcullis." + event.kind().name().toLowerCase(Locale.ROOT))
                .setAttribute(UID, event.uid())
                .setAttribute(ORIGIN, event.origin())
                .setBody(value(event.body()))
                .emit();
    }

    private static Severity severity(OcsfSeverity severity) {
        return switch (severity) {
            case INFORMATIONAL -> Severity.INFO;
            case LOW -> Severity.INFO2;
            case MEDIUM -> Severity.WARN;
            case HIGH -> Severity.ERROR;
        };
    }

    private static Value<?> value(JsonNode json) {
        if (json.isObject()) {
            return Value.of(json.propertyStream()
                    .filter(entry -> !entry.getValue().isNull())
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> value(entry.getValue()))));
        }
        if (json.isArray()) {
            return Value.of(json.valueStream().map(OtlpSink::value).toList());
        }
        if (json.isBoolean()) {
            return Value.of(json.booleanValue());
        }
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return Value.of(json.longValue());
        }
        return json.isNumber() ? Value.of(json.doubleValue()) : Value.of(json.asString());
    }

    private static String reason(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
    }

    @Override
    public void close() {
        provider.close();
        exporter.close();
    }
}
