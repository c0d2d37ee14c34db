package dev.portcullis.console.evidence;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.evidence.query.ContentsQuery;
import dev.portcullis.console.evidence.query.MadeEvidenceQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Lets auditors take away one archive that says, and proves, what happened in a period.
@Service
@RolesAllowed(Roles.AUDITOR)
public class EvidenceService {
    private final ContentsQuery contents;
    private final MadeEvidenceQuery made;
    private final EvidenceFiles files;
    private final AdminEventStore events;
    private final Actor actor;
    private final Clock clock;

    EvidenceService(
            ContentsQuery contents,
            MadeEvidenceQuery made,
            EvidenceFiles files,
            AdminEventStore events,
            Actor actor,
            Clock clock) {
        this.contents = contents;
        this.made = made;
        this.files = files;
        this.events = events;
        this.actor = actor;
        this.clock = clock;
    }

    /// What an archive of the period will have.
    public EvidenceContents contents(EvidencePeriod period) {
        return contents.contents(period);
    }

    /// Which archives were made, the newest first.
    public List<MadeEvidence> history(int limit) {
        return made.newest(limit);
    }

    /// The name of the key that archives are signed with, and whether it outlives this process.
    public EvidenceKey key() {
        return files.key();
    }

    /// Writes an archive. That somebody takes it away is itself recorded, before the first byte, and whether it came to
    /// its end, after the last.
    ///
    /// @param out stays open; when this throws, what was written has neither a manifest nor an end
    public void create(EvidenceOrder order, OutputStream out) throws IOException {
        var id = UUID.randomUUID();
        var who = actor.name();
        events.append(created(id, who, order));
        try {
            var manifest = files.write(new EvidenceFiles.Archive(id, order, who, clock.instant()), out);
            events.append(ended(id, who, Map.of("complete", "true", "manifest", "sha256:" + manifest)));
        } catch (IOException | RuntimeException e) {
            brokenOff(id, who, e);
            throw e;
        }
    }

    /// Where the trail cannot be read it cannot be written either; the cause is what counts.
    private void brokenOff(UUID id, String who, Exception cause) {
        try {
            events.append(ended(id, who, Map.of("complete", "false")));
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static AdminEvent created(UUID id, String who, EvidenceOrder order) {
        var detail = new TreeMap<String, String>();
        detail.put("from", order.period().from().toInstant().toString());
        detail.put("to", order.period().to().toInstant().toString());
        detail.put("arguments", Boolean.toString(order.arguments()));
        order.reason().ifPresent(words -> detail.put("reason", words));
        return AdminEvent.of(who, AdminEvent.EVIDENCE_CREATED)
                .about(id.toString())
                .with(detail);
    }

    private static AdminEvent ended(UUID id, String who, Map<String, String> detail) {
        return AdminEvent.of(who, AdminEvent.EVIDENCE_ENDED)
                .about(id.toString())
                .with(detail);
    }
}
