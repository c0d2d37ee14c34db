package dev.portcullis.console.sinks.syslog;

import dev.portcullis.console.sinks.ocsf.OcsfEvent;
import dev.portcullis.console.sinks.ocsf.OcsfSeverity;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// An event as a message of [RFC 5424](https://www.rfc-editor.org/rfc/rfc5424), framed by counted octets
/// as in [RFC 5425](https://www.rfc-editor.org/rfc/rfc5425#section-4.3) and RFC 6587.
///
/// The message is JSON in ASCII, with anything else escaped: no receiver can get its encoding wrong.
final class SyslogMessage {
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX");
    private static final int LOG_AUDIT = 13;
    private static final int SEVERITIES = 8;
    private static final int LONGEST_HOST = 255;

    private SyslogMessage() {}

    static byte[] framed(OcsfEvent event) {
        var message = text(event).getBytes(StandardCharsets.US_ASCII);
        var count = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        var frame = new byte[count.length + message.length];
        System.arraycopy(count, 0, frame, 0, count.length);
        System.arraycopy(message, 0, frame, count.length, message.length);
        return frame;
    }

    static String text(OcsfEvent event) {
        return "<" + (LOG_AUDIT * SEVERITIES + severity(event.severity())) + ">1 "
                + TIMESTAMP.format(event.time().withOffsetSameInstant(ZoneOffset.UTC))
                + " " + host(event.origin())
                + " portcullis - " + event.kind().text() + " - "
                + ASCII.writeValueAsString(event.body());
    }

    private static int severity(OcsfSeverity severity) {
        return switch (severity) {
            case INFORMATIONAL -> 6;
            case LOW -> 5;
            case MEDIUM -> 4;
            case HIGH -> 3;
        };
    }

    /// Printable ASCII without spaces.
    private static String host(String origin) {
        var host = origin.replaceAll("[^!-~]", "_");
        return host.isEmpty() ? "-" : host.substring(0, Math.min(host.length(), LONGEST_HOST));
    }
}
