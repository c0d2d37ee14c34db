package dev.portcullis.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/// The key that checkpoints are signed with: Ed25519, by Java's own provider. Immutable, safe for all
/// threads, and never printed.
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";
    private static final String LABEL = "PRIVATE KEY";

    private final PrivateKey key;
    private final VerificationKey publicKey;

    private SigningKey(PrivateKey key, VerificationKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /// A new key, which nobody but its holder ever sees.
    public static SigningKey generate() {
        try {
            return of(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /// Reads a file; when there is none, it is made with a new key, for its owner only.
    ///
    /// @param file PEM, PKCS#8 without a passphrase, as `openssl genpkey -algorithm ed25519` writes it
    /// @throws IOException with a sentence that names the file and does not show the key
    public static SigningKey at(Path file) throws IOException {
        try {
            return read(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException e) {
            return made(file);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e + ")", e);
        }
    }

    /// @throws IllegalArgumentException when it is no such key; the message does not show it
    static SigningKey read(String pem) {
        try {
            var bytes = Pem.decode(LABEL, pem);
            var key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            return of(new KeyPair(publicKeyOf((EdECPrivateKey) key), key));
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalArgumentException("(expected: an Ed25519 key as PEM, PKCS#8 without a passphrase)", e);
        }
    }

    /// The key that tells whether this one signed.
    public VerificationKey publicKey() {
        return publicKey;
    }

    /// The name of the key pair.
    public String keyId() {
        return publicKey.keyId();
    }

    byte[] sign(byte[] message) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signs everything", e);
        }
    }

    private static SigningKey made(Path file) throws IOException {
        var made = generate();
        var folder = file.toAbsolutePath().getParent();
        try {
            var unfinished = Files.createTempFile(
                    folder,
                    ".signing",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, Pem.encode(LABEL, made.key.getEncoded()));
            // Somebody who made one at the same time was first: that one counts.
            Files.createLink(file, unfinished);
            Files.delete(unfinished);
            return made;
        } catch (FileAlreadyExistsException e) {
            return read(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IOException(file + " is not there, and cannot be made (" + e + ")", e);
        }
    }

    private static SigningKey of(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), new VerificationKey(pair.getPublic()));
    }

    /// A private key's file need not have the public one; Java computes it only for whoever seems to
    /// generate a pair with the private key's bytes as chance.
    private static PublicKey publicKeyOf(EdECPrivateKey key) throws GeneralSecurityException {
        var seed = key.getBytes().orElseThrow(() -> new GeneralSecurityException("the key shows no bytes"));
        var generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return generator.generateKeyPair().getPublic();
    }

    @Override
    public String toString() {
        return "[signing key " + keyId() + "]";
    }
}
