package dev.portcullis.sandbox.oauth;

import dev.portcullis.configuration.Secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The organization's credentials for programs, as Port's settings show them to an administrator.
public record MachineClient(String id, Secret secret) {

    /// Published, so that a first try needs nothing: whoever reaches the sandbox may use it.
    public static final MachineClient PUBLISHED = new MachineClient("sandbox-client", new Secret("sandbox-secret"));

    public MachineClient {
        if (id.isBlank() || secret.reveal().isBlank()) {
            throw new IllegalArgumentException("machine client: it needs an id and a secret");
        }
    }

    boolean matches(String otherId, String otherSecret) {
        return id.equals(otherId) && same(secret.reveal(), otherSecret);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
