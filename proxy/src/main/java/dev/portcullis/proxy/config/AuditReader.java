package dev.portcullis.proxy.config;

import dev.portcullis.configuration.Settings;

/// Reads [AuditSettings] from the section `proxy.audit`.
final class AuditReader {
    private AuditReader() {}

    static AuditSettings read(Settings section) {
        var defaults = AuditSettings.defaults();
        return new AuditSettings(
                ProxySettings.number(section, "queue", defaults.queue(), AuditSettings.QUEUE),
                ProxySettings.within(
                        section, "memory", section.size("memory", defaults.queueBytes()), AuditSettings.QUEUE_BYTES),
                ProxySettings.duration(section, "flush", defaults.flush(), AuditSettings.FLUSH),
                ProxySettings.number(section, "batch", defaults.batch(), AuditSettings.BATCH),
                durability(section));
    }

    private static Durability durability(Settings section) {
        var journal = journal(section.section("journal"));
        return switch (section.string("durability", "journal")) {
            case "journal" -> journal;
            case "database" -> new Durability.Database();
            case "memory" -> new Durability.Memory();
            default -> {
                section.reject("durability", "journal, database or memory");
                yield journal;
            }
        };
    }

    private static Durability.Journal journal(Settings section) {
        return new Durability.Journal(
                section.file("directory", "journal"),
                ProxySettings.within(
                        section,
                        "size",
                        section.size("size", Durability.Journal.USUAL_BYTES),
                        Durability.Journal.BYTES));
    }
}
