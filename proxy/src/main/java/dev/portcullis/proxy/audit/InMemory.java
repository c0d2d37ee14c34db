package dev.portcullis.proxy.audit;

import dev.portcullis.policy.Eventual;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Keeps records in the backlog alone: what PostgreSQL does not have yet is lost with the process.
final class InMemory implements Safekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(InMemory.class);

    private final Backlog backlog;

    private InMemory(Backlog backlog) {
        this.backlog = backlog;
    }

    static InMemory start(Backlog backlog) {
        LOG.atWarn()
                .addKeyValue("durability", "memory")
                .log("audit records are kept in memory: what PostgreSQL does not have yet is lost with the process");
        return new InMemory(backlog);
    }

    @Override
    public Eventual<Boolean> admit(AuditRecord intent) {
        return Eventual.now(true);
    }

    @Override
    public void complete(AuditRecord record) {
        backlog.add(new Backlog.Made(record));
    }

    @Override
    public void committed(List<UUID> exchanges) {}

    @Override
    public State state() {
        return State.NOTHING;
    }

    @Override
    public boolean isLostWithTheProcess() {
        return true;
    }

    @Override
    public void settle(Duration patience) {}

    @Override
    public void close() {}
}
