package dev.portcullis.proxy.tls;

import dev.portcullis.configuration.Pem;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// A certificate with those that lead to its authority, and the key that belongs to it.
record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] PROBE = {1, 2, 3};

    ServerIdentity {
        chain = List.copyOf(chain);
    }

    /// Reads both from PEM text and checks that they belong together and are valid at `now`.
    static ServerIdentity read(String chain, String key, Instant now) throws GeneralSecurityException {
        var identity = new ServerIdentity(Pem.certificates(chain), Pem.privateKey(key));
        identity.leaf().checkValidity(Date.from(now));
        if (!identity.belongsTogether()) {
            throw new InvalidKeyException("the private key does not belong to the certificate");
        }
        return identity;
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    private boolean belongsTogether() throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(leaf().getPublicKey().getAlgorithm())) {
            return false;
        }
        var algorithm = "SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm());
        var signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(PROBE);
        var signature = signer.sign();
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(leaf().getPublicKey());
        verifier.update(PROBE);
        return verifier.verify(signature);
    }

    @Override
    public String toString() {
        return leaf().getSubjectX500Principal().toString();
    }
}
