package dev.portcullis.standalone.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.standalone.postgres.OwnerOnly;
import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// An archive for support: what was found, and on what, without secrets. Only its owner may read it, and
/// whoever sends it on should still look into it.
public final class SupportBundle {
    /// The end of a log that is taken.
    private static final int LOG_BYTES = 512 * 1024;

    /// What callers have sent is for auditors, who say why they look; support is told without.
    private static final String NEWEST = "&limit=50&payloads=false";

    /// In a policy it is the name of one.
    private static final List<String> POLICY_NAMES = List.of("credential");

    private final Redactor redactor;
    private final Map<String, String> files = new LinkedHashMap<>();

    public SupportBundle(Redactor redactor) {
        this.redactor = redactor;
    }

    /// Puts in what was found.
    public void add(Report report) {
        files.put("report.txt", report.text());
        files.put("report.json", report.json());
    }

    public void addText(String name, String text) {
        files.put(name, redactor.text(text));
    }

    /// Puts in what a console said.
    public void addAnswers(ConsoleFacts console) {
        console.policyText().ifPresent(policy -> addYaml("policy.yaml", policy, POLICY_NAMES));
        addAnswer(console, "replicas.json", "replicas");
        addAnswer(console, "kills.json", "kills");
        addAnswer(console, "refused.json", "tool-calls?outcome=refused" + NEWEST);
        addAnswer(console, "denied.json", "tool-calls?outcome=denied" + NEWEST);
        addAnswer(console, "upstream-failed.json", "tool-calls?outcome=upstream_failed" + NEWEST);
    }

    public void addJson(String name, JsonNode tree) {
        files.put(name, redactor.json(tree));
    }

    /// Puts in a configuration.
    public void addConfiguration(String text) {
        addYaml("configuration.yaml", text, List.of());
    }

    /// Puts in the end of a log.
    ///
    /// @throws IOException when it cannot be read
    public void addLog(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var skipped = Math.max(0, file.length() - LOG_BYTES);
            file.seek(skipped);
            var end = new byte[Math.toIntExact(file.length() - skipped)];
            file.readFully(end);
            var text = new String(end, UTF_8);
            // The first line is half a line.
            addText("log.txt", skipped > 0 ? text.substring(text.indexOf('\n') + 1) : text);
        }
    }

    /// @throws IOException when the file cannot be written
    public void write(Path file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        OwnerOnly.write(file.toAbsolutePath(), bytes.toByteArray());
    }

    private void addAnswer(ConsoleFacts console, String name, String path) {
        console.all(path).ifPresent(answer -> addJson(name, answer));
    }

    private void addYaml(String name, String text, List<String> harmless) {
        files.put(
                name,
                new RedactedTree(redactor, harmless)
                        .ofYaml(text)
                        .orElse("# This is no YAML that could be read, and so is not shown: secrets in it could not be"
                                + " found for sure.\n"));
    }
}
