package dev.portcullis.proxy.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// By what an installation knows its own requests again: it marks what it sends upstream, and refuses
/// what comes with its own mark. Otherwise a name that leads back to the gateway would keep it busy with
/// itself.
///
/// @param value the same for all replicas of an installation, and no secret
public record LoopMark(String value) {
    /// The header that carries it.
    public static final String HEADER = "portcullis-hop";

    private static final int BYTES = 8;

    /// @param installationKey a secret that all replicas share; it cannot be had from the mark
    public static LoopMark of(byte[] installationKey) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(HEADER.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return new LoopMark(HexFormat.of().formatHex(sha.digest(installationKey), 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Whether a request with these headers was sent by this installation.
    public boolean isOn(HeaderFields headers) {
        return headers.all(HEADER).contains(value);
    }
}
