package dev.portcullis.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.portcullis.configuration.Secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/// The key that secrets in the database are encrypted with: a set of keys of AES-256-GCM, of which the
/// newest encrypts and every one decrypts. It lives outside of the database, in a file or an
/// environment variable. Immutable, safe for all threads, and never printed.
///
/// @see <a href="https://developers.google.com/tink/key-concepts">Tink, keysets and key rotation</a>
public final class MasterKey {
    /// Tink begins each ciphertext with a byte of version and the id of the key.
    private static final int PREFIX = 5;

    private static final Configuration TINK = AeadConfig2026.get();

    private final KeysetHandle keys;
    private final Aead aead;

    private MasterKey(KeysetHandle keys) throws GeneralSecurityException {
        this.keys = keys;
        this.aead = keys.getPrimitive(TINK, Aead.class);
    }

    /// Reads what [#generate] made.
    ///
    /// @throws IllegalArgumentException when it is no such key; the message does not show it
    @SuppressWarnings("UnusedException") // its message could show a part of the key
    public static MasterKey read(Secret text) {
        try {
            return new MasterKey(
                    TinkJsonProtoKeysetFormat.parseKeyset(text.reveal().strip(), TINK, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("(expected: a key as `portcullis secrets new FILE` makes it)");
        }
    }

    /// A new key as text.
    public static Secret generate() {
        try {
            return text(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /// The same with a new key in front: it encrypts from now on, and all that was encrypted before can
    /// still be read.
    public Secret rotated() {
        try {
            return text(KeysetHandle.newBuilder(keys)
                    .setConfiguration(TINK)
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /// The same without its older keys: what they encrypted, and was not encrypted anew, is lost.
    public Secret pruned() {
        try {
            return text(KeysetHandle.newBuilder()
                    .setConfiguration(TINK)
                    .addEntry(KeysetHandle.importKey(keys.getPrimary().getKey())
                            .withFixedId(keys.getPrimary().getId())
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /// How many keys it has.
    public int size() {
        return keys.size();
    }

    /// The context of a key of the gateway itself that is kept encrypted.
    public static String dataKey(String name) {
        return "data_key:" + name;
    }

    /// The context of the secret of an upstream credential: who can change the row of one, and does not
    /// have the master key, must not be able to have its secret sent elsewhere.
    public static String credential(String name, CredentialSettings settings) {
        return "credential:" + name + ":" + settings.canonical();
    }

    /// @param context what it is and whose; it opens in no other place
    public byte[] encrypt(byte[] secret, String context) {
        try {
            return aead.encrypt(secret, context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret could not be encrypted", e);
        }
    }

    /// @param context the one it was encrypted with
    /// @throws GeneralSecurityException when it was encrypted with another key, for another context, or
    ///     was changed
    public byte[] decrypt(byte[] encrypted, String context) throws GeneralSecurityException {
        return aead.decrypt(encrypted, context.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether the newest key encrypted it.
    public boolean isNewestFor(byte[] encrypted) {
        return encrypted.length > PREFIX
                && ByteBuffer.wrap(encrypted).getInt(1) == keys.getPrimary().getId();
    }

    private static Secret text(KeysetHandle keys) throws GeneralSecurityException {
        return new Secret(TinkJsonProtoKeysetFormat.serializeKeyset(keys, TINK, InsecureSecretKeyAccess.get()));
    }

    @Override
    public String toString() {
        return "[master key]";
    }
}
