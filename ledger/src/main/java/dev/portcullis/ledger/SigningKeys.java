package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.SIGNING_KEYS;

import org.jooq.DSLContext;

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
}
