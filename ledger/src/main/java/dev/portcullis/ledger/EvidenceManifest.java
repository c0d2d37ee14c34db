package dev.portcullis.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an archive of evidence has in it: facts about it, and the SHA-256 of every file, in the form that
/// `sha256sum --check` reads. Its bytes are what is signed.
///
/// @param facts such as who made it, and when
/// @param files SHA-256 in hexadecimal by name, in the archive's order
public record EvidenceManifest(Map<String, String> facts, List<Digest> files) {
    /// The file's name in the archive.
    public static final String NAME = "MANIFEST";
    /// The name of the file with the signature, 64 bytes.
    public static final String SIGNATURE = "MANIFEST.sig";
    /// The name of the file that [ExportTrail] reads.
    public static final String TRAIL = "trail.ndjson";
    /// The name of the file that says which checkpoints were anchored.
    public static final String ANCHORS = "anchors.ndjson";
    /// The fact that says which key signed.
    public static final String KEY_ID = "key_id";

    private static final String FORM = "# portcullis-evidence-v1";
    private static final String COMMENT = "# ";
    /// Names lead nowhere but into the folder that an archive is unpacked to, on every system.
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*)");

    public EvidenceManifest {
        facts = Map.copyOf(facts);
        files = List.copyOf(files);
    }

    /// A file of the archive.
    public record Digest(String name, String sha256) {}

    /// Where the public key that signed stands in the archive.
    public static String keyFile(String keyId) {
        return "keys/" + keyId + ".pem";
    }

    public String text() {
        var statement = new Statement();
        facts.forEach(statement::with);
        var text = new StringBuilder(FORM)
                .append('\n')
                .append(COMMENT)
                .append(statement.json())
                .append('\n');
        files.forEach(file ->
                text.append(file.sha256()).append("  ").append(file.name()).append('\n'));
        return text.toString();
    }

    /// @return 64 bytes of Ed25519 over the text as it is
    public byte[] sign(SigningKey key) {
        return key.sign(bytes());
    }

    boolean isSignedWith(VerificationKey key, byte[] signature) {
        return key.verifies(bytes(), signature);
    }

    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    private byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /// @throws IllegalArgumentException when this is not exactly what [#text] writes
    static EvidenceManifest read(String text) {
        var lines = text.lines().toList();
        if (lines.size() < 2 || !lines.getFirst().equals(FORM) || !lines.get(1).startsWith(COMMENT)) {
            throw new IllegalArgumentException("(expected: " + FORM + ", then facts)");
        }
        var facts = new HashMap<String, String>();
        var members = Members.of(lines.get(1).substring(COMMENT.length()));
        members.values().keySet().forEach(name -> facts.put(name, members.text(name)));
        var files = new ArrayList<Digest>();
        for (var line : lines.subList(2, lines.size())) {
            var found = LINE.matcher(line);
            if (!found.matches()) {
                throw new IllegalArgumentException("(expected: a SHA-256 and a plain name in each line)");
            }
            files.add(new Digest(found.group(2), found.group(1)));
        }
        var read = new EvidenceManifest(facts, files);
        if (!read.text().equals(text)) {
            throw new IllegalArgumentException("(expected: nothing but what belongs there)");
        }
        return read;
    }
}
