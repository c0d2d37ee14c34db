package dev.portcullis.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The keys whose signatures count: those that the verifier was given or, when it was given none, those that
/// the trail itself names.
final class KnownKeys {
    private final Map<String, VerificationKey> keys = new HashMap<>();
    private final boolean arePinned;

    KnownKeys(List<VerificationKey> pinned) {
        pinned.forEach(key -> keys.put(key.keyId(), key));
        this.arePinned = !pinned.isEmpty();
    }

    void offer(VerificationKey key) {
        if (!arePinned) {
            keys.put(key.keyId(), key);
        }
    }

    void check(Checkpoint checkpoint, String what) {
        var key = keys.get(checkpoint.keyId());
        if (key == null) {
            throw BadPlace.at(checkpoint.at(), "", what + " is signed by the unknown key " + checkpoint.keyId());
        }
        if (!checkpoint.isSignedWith(key)) {
            throw BadPlace.at(checkpoint.at(), "", what + " is forged: its signature is wrong");
        }
    }

    void check(Cut cut) {
        var key = keys.get(cut.keyId());
        var run = "records " + cut.first() + " to " + cut.last().sequence() + " are said to be dropped with "
                + cut.part();
        if (cut.signature().length == 0) {
            throw BadPlace.at(cut.chain(), cut.first(), "", run + ", but nobody signed that");
        }
        if (key == null) {
            throw BadPlace.at(cut.chain(), cut.first(), "", run + " by the unknown key " + cut.keyId());
        }
        if (!cut.isSignedWith(key)) {
            throw BadPlace.at(cut.chain(), cut.first(), "", run + ", but that is forged: its signature is wrong");
        }
    }
}
