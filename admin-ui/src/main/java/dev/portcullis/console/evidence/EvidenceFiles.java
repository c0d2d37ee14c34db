package dev.portcullis.console.evidence;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.events.EventFilter;
import dev.portcullis.console.events.RecordedEvent;
import dev.portcullis.console.events.query.AdminEventQuery;
import dev.portcullis.console.evidence.query.AnchorQuery;
import dev.portcullis.console.evidence.query.EvidenceQuery;
import dev.portcullis.console.evidence.query.SampleQuery;
import dev.portcullis.console.storage.StorageService;
import dev.portcullis.ledger.EvidenceManifest;
import dev.portcullis.ledger.EvidenceWriter;
import dev.portcullis.ledger.ExportWriter;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.ledger.TrailEntry;
import dev.portcullis.ledger.VerificationKey;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/// The files of an archive, one after the other. What is long is read and written in steps.
@Component
class EvidenceFiles {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int EVENTS = 500;

    private final EvidenceQuery evidence;
    private final SampleQuery samples;
    private final AnchorQuery anchors;
    private final AdminEventQuery events;
    private final StorageService storage;
    private final SigningKey signingKey;
    private final boolean isKeyKept;

    EvidenceFiles(
            EvidenceQuery evidence,
            SampleQuery samples,
            AnchorQuery anchors,
            AdminEventQuery events,
            StorageService storage,
            SigningKey signingKey,
            ConsoleSettings settings) {
        this.evidence = evidence;
        this.samples = samples;
        this.anchors = anchors;
        this.events = events;
        this.storage = storage;
        this.signingKey = signingKey;
        this.isKeyKept = settings.trail().signingKey().isPresent();
    }

    /// What is to be written, for whom, and when.
    record Archive(UUID id, EvidenceOrder order, String createdBy, Instant createdAt) {}

    EvidenceKey key() {
        return new EvidenceKey(signingKey.keyId(), signingKey.publicKey().pem(), isKeyKept);
    }

    /// @return the SHA-256 of the manifest
    String write(Archive archive, OutputStream out) throws IOException {
        var writer = new EvidenceWriter(out);
        var period = archive.order().period();
        var arguments = archive.order().arguments();
        var facts = facts(archive);
        writer.file("README.txt", text -> text.write(EvidenceReadme.text(facts, key())));
        for (var version : evidence.versions(period)) {
            var found = evidence.version(version);
            if (found.isPresent()) {
                policy(writer, found.get());
            }
        }
        writer.file("kills.ndjson", text -> lines(evidence.kills(period), text));
        writer.file("admin-events.ndjson", text -> adminEvents(period, text));
        writer.file("calls/sample.ndjson", text -> samples.calls(period, arguments, line(text)));
        writer.file("calls/refused.ndjson", text -> samples.refusals(period, arguments, line(text)));
        writer.file("retention/settings.json", text -> text.write(JSON.writeValueAsString(storage.report()) + "\n"));
        writer.file("retention/cuts.ndjson", text -> lines(evidence.cuts(period), text));
        writer.file("retention/legal-holds.ndjson", text -> lines(evidence.holds(period), text));
        keys(writer);
        // Before the trail, which is read later and so has the checkpoint of every anchor that there is now.
        writer.file(EvidenceManifest.ANCHORS, text -> anchors.anchored(period, line(text)));
        writer.file(EvidenceManifest.TRAIL, text -> ExportWriter.write(evidence.trail(period, arguments), text));
        writer.file("checkpoints.ndjson", text -> checkpoints(period, text));
        return writer.finish(facts, signingKey);
    }

    private Map<String, String> facts(Archive archive) {
        var facts = new TreeMap<String, String>();
        facts.put("archive", archive.id().toString());
        facts.put("from", archive.order().period().from().toInstant().toString());
        facts.put("to", archive.order().period().to().toInstant().toString());
        facts.put("created_at", archive.createdAt().toString());
        facts.put("created_by", archive.createdBy());
        facts.put("arguments", Boolean.toString(archive.order().arguments()));
        archive.order().reason().ifPresent(reason -> facts.put("reason", reason));
        facts.put("key_kept", Boolean.toString(isKeyKept));
        return facts;
    }

    private void policy(EvidenceWriter writer, PolicyEvidence version) throws IOException {
        var folder = "policy/%08d/".formatted(version.version());
        writer.file(folder + "document.yaml", text -> text.write(version.document()));
        writer.file(folder + "changes.txt", text -> text.write(PolicyStory.changes(version)));
        writer.file(folder + "version.json", text -> {
            var about = new LinkedHashMap<String, Object>();
            about.put("version", JSON.readTree(version.facts()));
            about.put("events", eventsOf(version));
            text.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(about) + "\n");
        });
        var modules = JSON.readTree(version.modules());
        int number = 0;
        for (var module : modules) {
            var name = module.path("path").asString().replaceAll("[^A-Za-z0-9._-]+", "_");
            writer.file(
                    folder + "modules/%03d-%s".formatted(++number, name),
                    text -> text.write(module.path("source").asString()));
        }
    }

    /// Who wrote, proposed, approved or published it, as they were recorded.
    private List<RecordedEvent> eventsOf(PolicyEvidence version) {
        var about = new EventFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of("version " + version.version()),
                Optional.empty(),
                Optional.empty());
        return events.list(about, Optional.empty(), EVENTS).stream()
                .filter(event -> event.event().startsWith("policy."))
                .toList();
    }

    private void adminEvents(EvidencePeriod period, Writer out) throws IOException {
        var filter = new EventFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(period.from()),
                Optional.of(period.to()));
        var after = Optional.<PageCursor>empty();
        List<RecordedEvent> page;
        do {
            page = events.list(filter, after, EVENTS);
            lines(page.stream().map(JSON::writeValueAsString).toList(), out);
            after = page.isEmpty() ? after : Optional.of(page.getLast().cursor());
        } while (page.size() == EVENTS);
    }

    private void keys(EvidenceWriter writer) throws IOException {
        var keys = new TreeMap<String, String>();
        keys.put(signingKey.keyId(), signingKey.publicKey().pem());
        for (var der : evidence.publicKeys()) {
            try {
                var key = VerificationKey.of(der);
                keys.put(key.keyId(), key.pem());
            } catch (IllegalArgumentException e) {
                // Whatever it is, it signs nothing; the trail's own file shows it.
            }
        }
        for (var key : keys.entrySet()) {
            writer.file(EvidenceManifest.keyFile(key.getKey()), text -> text.write(key.getValue()));
        }
    }

    /// As anchors have them, so that they can be compared with the database later.
    private void checkpoints(EvidencePeriod period, Writer out) throws IOException {
        var line = line(out);
        try {
            evidence.signed(period).read(entry -> {
                if (entry instanceof TrailEntry.Signed(var checkpoint)) {
                    line.accept(checkpoint.json());
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void lines(List<String> lines, Writer out) throws IOException {
        for (var line : lines) {
            out.append(line).append('\n');
        }
    }

    private static Consumer<String> line(Writer out) {
        return line -> {
            try {
                out.append(line).append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
