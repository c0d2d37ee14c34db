package dev.portcullis.proxy.telemetry;

/// What is read when metrics are scraped: the state of a replica's parts.
public enum Reading {
    EXCHANGES_IN_FLIGHT("portcullis.exchanges.in.flight", "Exchanges that began and have not ended", Kind.LEVEL),
    AUDIT_RESERVED("portcullis.audit.slots.reserved", "Slots of the audit trail in use", Kind.LEVEL),
    AUDIT_CAPACITY("portcullis.audit.slots.capacity", "Slots of the audit trail", Kind.LEVEL),
    AUDIT_WAITING("portcullis.audit.queue.records", "Audit records that wait to be written", Kind.LEVEL),
    AUDIT_WAITING_BYTES("portcullis.audit.queue.bytes", "Memory of the audit records that wait", Kind.LEVEL),
    AUDIT_LAG("portcullis.audit.lag.seconds", "Age of the oldest audit record not committed", Kind.LEVEL),
    AUDIT_WRITTEN("portcullis.audit.records.written", "Audit records committed", Kind.COUNT),
    AUDIT_REPAIRED("portcullis.audit.records.repaired", "Audit records stored without their odd parts", Kind.COUNT),
    AUDIT_ABANDONED("portcullis.audit.records.abandoned", "Exchanges whose end was not seen", Kind.COUNT),
    AUDIT_LOST("portcullis.audit.records.lost", "Audit records given up at the end of the process", Kind.COUNT),
    AUDIT_FAILURES("portcullis.audit.write.failures", "Failed attempts to write audit records", Kind.COUNT),
    AUDIT_TURNED_AWAY(
            "portcullis.audit.turned.away", "Exchanges refused because the audit trail had no room", Kind.COUNT),
    JOURNAL_RECORDS("portcullis.audit.journal.records", "Audit records in the journal", Kind.LEVEL),
    JOURNAL_BYTES("portcullis.audit.journal.bytes", "What the audit journal takes of the disk", Kind.LEVEL),
    JOURNAL_FAILURES("portcullis.audit.journal.failures", "How often the audit journal broke", Kind.COUNT),
    JOURNAL_BROKEN("portcullis.audit.journal.broken", "1 while nothing can be made durable or forwarded", Kind.LEVEL),
    INTENTS_UNREADABLE("portcullis.audit.intents.unreadable", "Intents in the database of another version", Kind.LEVEL),
    AUDIT_UNSIGNED_AGE(
            "portcullis.audit.unsigned.seconds", "Age of the oldest record without a checkpoint", Kind.LEVEL),
    AUDIT_CHAIN_ALARMS("portcullis.audit.chain.alarms", "Audit records that were not as written any more", Kind.COUNT),
    AUDIT_ANCHOR_FAILURES("portcullis.audit.anchor.failures", "Failed attempts to anchor a checkpoint", Kind.COUNT),
    AUDIT_ANCHOR_WAITING("portcullis.audit.anchor.waiting", "Checkpoints that wait to be anchored", Kind.LEVEL),
    POLICY_VERSION("portcullis.policy.version", "The policy version in force", Kind.LEVEL),
    POLICY_REJECTIONS("portcullis.policy.rejections", "Published versions that could not be used", Kind.COUNT),
    SYNC_UNREADABLE("portcullis.sync.unreadable", "Kinds of settings in the database that cannot be read", Kind.LEVEL),
    OPA_IN_FLIGHT("portcullis.opa.in.flight", "Questions to the OPA server under way", Kind.LEVEL),
    OPA_GIVEN_UP("portcullis.opa.given.up", "1 while the OPA server failed too often to be asked", Kind.LEVEL),
    KILLS_ENGAGED("portcullis.kills.engaged", "Kills in force", Kind.LEVEL),
    KILLS_LOCAL("portcullis.kills.local", "Kills in force that are this replica's own", Kind.LEVEL),
    TLS_RELOADS("portcullis.tls.reloads", "Changed certificates that were taken into use", Kind.COUNT),
    TLS_RELOAD_FAILURES("portcullis.tls.reload.failures", "Changed certificates that could not be used", Kind.COUNT),
    TLS_EXPIRY("portcullis.tls.certificate.expiry", "When the certificate expires, in Unix seconds", Kind.LEVEL),
    FORWARDING_IGNORED(
            "portcullis.forwarding.headers.ignored",
            "Requests with forwarding headers of somebody who is not trusted",
            Kind.COUNT),
    API_KEYS("portcullis.api.keys", "API keys that are good", Kind.LEVEL),
    CREDENTIAL_LOADS("portcullis.credentials.loads", "How often the upstream credentials were read", Kind.COUNT),
    LIMIT_STORE_AWAY("portcullis.limit.store.away", "Whether limits cannot be counted together: 0 or 1", Kind.LEVEL),
    LIMIT_STORE_FAILURES("portcullis.limit.store.failures", "Calls and batches that got no answer in time", Kind.COUNT),
    LIMIT_WAITING("portcullis.limit.waiting", "Calls that wait to be counted", Kind.LEVEL),
    CATALOG_TOOLS("portcullis.catalog.tools", "Tools that lists have named", Kind.LEVEL),
    CATALOG_DROPPED("portcullis.catalog.definitions.dropped", "Definitions of tools that found no room", Kind.COUNT),
    CATALOG_FAILURES("portcullis.catalog.write.failures", "Failed attempts to write the tool catalogue", Kind.COUNT),
    DATABASE_SILENCE("portcullis.database.silence.seconds", "Time since the database last answered", Kind.LEVEL);

    /// Whether a reading goes up and down, or only up.
    enum Kind {
        LEVEL,
        COUNT
    }

    private final String meter;
    private final String description;
    private final Kind kind;

    Reading(String meter, String description, Kind kind) {
        this.meter = meter;
        this.description = description;
        this.kind = kind;
    }

    String meter() {
        return meter;
    }

    String description() {
        return description;
    }

    Kind kind() {
        return kind;
    }
}
