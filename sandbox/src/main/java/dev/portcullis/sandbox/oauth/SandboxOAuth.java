package dev.portcullis.sandbox.oauth;

import java.net.URI;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// How people and programs sign in at the sandbox, and what goes wrong there.
///
/// @param publicUrl where clients reach the sandbox, without a path; where they reached it, if left out
/// @param audience of every token, whichever resource was asked for, as Port's identity provider has it
/// @param resources that exist besides the sandbox's own endpoints; they count with [Fault#STRICT_RESOURCE]
/// @param machine who may fetch tokens without a person
public record SandboxOAuth(
        Optional<URI> publicUrl, String audience, Set<String> resources, MachineClient machine, Faults faults) {

    public static final String USUAL_AUDIENCE = "https://api.port.example";

    /// No fault, and names and secrets that are published.
    public static final SandboxOAuth STANDARD =
            new SandboxOAuth(Optional.empty(), USUAL_AUDIENCE, Set.of(), MachineClient.PUBLISHED, Faults.NONE);

    public SandboxOAuth {
        resources = Set.copyOf(resources);
        publicUrl.ifPresent(SandboxOAuth::check);
        if (audience.isBlank()) {
            throw new IllegalArgumentException("audience: it must not be empty");
        }
    }

    public SandboxOAuth withPublicUrl(URI url) {
        return new SandboxOAuth(Optional.of(url), audience, resources, machine, faults);
    }

    public SandboxOAuth withAudience(String other) {
        return new SandboxOAuth(publicUrl, other, resources, machine, faults);
    }

    public SandboxOAuth withResources(Collection<String> others) {
        return new SandboxOAuth(publicUrl, audience, Set.copyOf(others), machine, faults);
    }

    public SandboxOAuth withMachine(MachineClient other) {
        return new SandboxOAuth(publicUrl, audience, resources, other, faults);
    }

    public SandboxOAuth withFaults(Faults others) {
        return new SandboxOAuth(publicUrl, audience, resources, machine, others);
    }

    /// One fault more, with its usual number.
    public SandboxOAuth with(Fault fault) {
        return withFaults(faults.with(fault));
    }

    /// One fault more.
    public SandboxOAuth with(Fault fault, int number) {
        return withFaults(faults.with(fault, number));
    }

    private static void check(URI url) {
        if (!url.toString().matches("https?://[^/?#@\\s]+")) {
            throw new IllegalArgumentException("public URL: %s (expected: http or https, no path)".formatted(url));
        }
    }
}
