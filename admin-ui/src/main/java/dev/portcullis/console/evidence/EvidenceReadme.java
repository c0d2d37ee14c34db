package dev.portcullis.console.evidence;

import dev.portcullis.console.evidence.query.SampleQuery;

import java.util.Map;

/// What stands in an archive for whoever opens it.
final class EvidenceReadme {
    private EvidenceReadme() {}

    static String text(Map<String, String> facts, EvidenceKey key) {
        var arguments = "true".equals(facts.get("arguments"));
        return """
            EVIDENCE OF A PORTCULLIS GATEWAY

            Archive   %s
            Period    %s (inclusive) to %s (exclusive), UTC
            Made      %s by %s
            Arguments %s
            Signed by %s

            %s

            WHAT IS IN IT

            policy/NNNNNNNN/          each version of the policy that was in force: document.yaml as its author wrote it,
                                      changes.txt against the version before, version.json with author, comment, time and
                                      the admin events about it (who wrote, proposed, approved, published), and modules/
            kills.ndjson              the kill switch: scope, reason, who engaged and released it, and when each replica obeyed
            admin-events.ndjson       everything that people and programs did to the gateway, newest first
            calls/sample.ndjson       a sample: the period is divided into %d slots of equal length, and the first call of each
                                      slot that has any is taken, by time and id. Whoever takes it again gets the same calls
            calls/refused.ndjson      every call with the decision denied, undecided or none (refused before the policy was
                                      asked); of each decision the newest %d at most
            retention/                what was kept for how long, what retention dropped (cuts), and legal holds
            keys/                     the public keys of those who sign
            trail.ndjson              the excerpt of the audit trail, with its chains of hashes: %s
            anchors.ndjson            which checkpoints were kept outside of the database, where and when, as replicas say
            checkpoints.ndjson        the signed checkpoints of the period, in the form of an anchor file
            MANIFEST, MANIFEST.sig    the SHA-256 of every file, and the signature of that

            HOW TO VERIFY IT

            All at once, without any database or network, with any installation of Portcullis:

                portcullis audit verify --evidence THIS.zip --public-key console.pem --public-key proxy.pem

            It exits with 0 only when the manifest is signed, every file is as it was, nothing was added or left out, and
            the excerpt of the trail fits together. Public keys count that you have from elsewhere (portcullis audit key);
            without --public-key those in keys/ are believed, which whoever made another archive can make, too.

            Without Portcullis, in the unpacked archive, with OpenSSL 3:

                openssl pkeyutl -verify -pubin -inkey keys/%s.pem -rawin -in MANIFEST -sigfile MANIFEST.sig
                sha256sum --check MANIFEST

            The excerpt alone:

                portcullis audit verify --export trail.ndjson --public-key console.pem --public-key proxy.pem

            That the checkpoints of the period are still those of the installation, today or in a year:

                portcullis audit verify --config portcullis.yaml --anchors checkpoints.ndjson

            anchors.ndjson says which checkpoints replicas have brought to places outside of the database
            (proxy.audit.chain.anchors): the place, when, and the very line. The first command compares those lines with the
            checkpoints of the archive. It does not ask the places: fetch the lines from there, and give the file with
            --anchors to the first command.

            WHAT IT DOES NOT SAY

            A call in calls/ can be proved from trail.ndjson only where that has the records themselves: each has its chain,
            its place (sequence) and its hash. Without them, checkpoints say how many calls there were and bind all of them,
            and whoever has the database can show that a call is one of them.
            A record is in a chain when its exchange has ended. The excerpt has what was linked until an hour after the period.
            """.formatted(
                        facts.get("archive"),
                        facts.get("from"),
                        facts.get("to"),
                        facts.get("created_at"),
                        facts.get("created_by"),
                        arguments
                                ? "with what callers sent and were answered, because: " + facts.get("reason")
                                : "without what callers sent and were answered",
                        key.keyId(),
                        key.kept()
                                ? "The signature is that of the console's own key, which also signs the checkpoints of admin events."
                                : """
                          NOTE: this console has no signing key of its own (console.audit.key is not set). The archive is
                          signed with a key that lived in the memory of one process: the signature shows that the files belong
                          together, and not who made them.""",
                        SampleQuery.SLOTS,
                        SampleQuery.REFUSALS,
                        arguments
                                ? "admin events and exchanges, record by record"
                                : "admin events record by record; of exchanges the checkpoints, without records",
                        key.keyId());
    }
}
