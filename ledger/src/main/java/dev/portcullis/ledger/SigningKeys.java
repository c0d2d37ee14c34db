package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.SIGNING_KEYS;

import org.jooq.DSLContext;

import java.util.Optional;

/// Public keys for those who verify without having been given any, in `audit.signing_keys`.
final class SigningKeys {
    private SigningKeys() {}

    static void announce(DSLContext sql, SigningKey key, String owner) {
        sql.insertInto(SIGNING_KEYS)
                .set(SIGNING_KEYS.KEY_ID, key.keyId())
                .set(SIGNING_KEYS.PUBLIC_KEY, key.publicKey().der())
                .set(SIGNING_KEYS.OWNER, owner)
                .onConflictDoNothing()
                .execute();
    }

    /// The key that the trail itself names so, when it is one.
    static Optional<VerificationKey> find(DSLContext sql, String keyId) {
        return sql.select(SIGNING_KEYS.PUBLIC_KEY)
                .from(SIGNING_KEYS)
                .where(SIGNING_KEYS.KEY_ID.eq(keyId))
                .fetchOptional(SIGNING_KEYS.PUBLIC_KEY)
                .flatMap(SigningKeys::key)
                .filter(key -> key.keyId().equals(keyId));
    }

    private static Optional<VerificationKey> key(byte[] der) {
        try {
            return Optional.of(VerificationKey.of(der));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
