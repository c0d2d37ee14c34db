package dev.portcullis.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// The public half of a [SigningKey].
public final class VerificationKey {
    private static final String LABEL = "PUBLIC KEY";
    private static final int ID_BYTES = 16;

    private final PublicKey key;
    private final String keyId;

    VerificationKey(PublicKey key) {
        this.key = key;
        this.keyId = HexFormat.of().formatHex(Arrays.copyOf(Statement.sha256().digest(key.getEncoded()), ID_BYTES));
    }

    /// @param der X.509 form
    /// @throws IllegalArgumentException when it is no Ed25519 key
    public static VerificationKey of(byte[] der) {
        try {
            return new VerificationKey(
                    KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("(expected: a public key of Ed25519)", e);
        }
    }

    /// @throws IllegalArgumentException when it is no such key
    public static VerificationKey read(String pem) {
        return of(Pem.decode(LABEL, pem));
    }

    /// The first half of the SHA-256 of the key in X.509 form, in hexadecimal.
    public String keyId() {
        return keyId;
    }

    public String pem() {
        return Pem.encode(LABEL, key.getEncoded());
    }

    /// X.509 form.
    public byte[] der() {
        return key.getEncoded();
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            var check = Signature.getInstance(SigningKey.ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
