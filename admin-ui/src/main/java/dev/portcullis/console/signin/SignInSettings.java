package dev.portcullis.console.signin;

import dev.portcullis.configuration.Settings;
import dev.portcullis.console.signin.provider.IdentityProvider;

import java.net.URI;
import java.util.Optional;

/// How people come to the screens.
///
/// @param local whether a username and a password of this console will do
/// @param provider whose accounts will do
/// @param publicUrl where browsers reach the console when something stands in front of it; scheme, host and port
public record SignInSettings(boolean local, Optional<IdentityProvider> provider, Optional<URI> publicUrl) {
    public SignInSettings {
        if (!local && provider.isEmpty()) {
            throw new IllegalArgumentException("local: false (expected: true, or a provider)");
        }
    }

    /// With a username and a password, at the address that the console listens on.
    public static SignInSettings usual() {
        return new SignInSettings(true, Optional.empty(), Optional.empty());
    }

    /// Reads the section `signIn`, and `publicUrl`.
    ///
    /// @param console the section `console`
    public static SignInSettings from(Settings console) {
        var section = console.section("signIn");
        var provider = IdentityProvider.from(section);
        var local = section.flag("local", true);
        if (!local && provider.isEmpty()) {
            section.reject("local", "true, or an identity provider in oidc");
        }
        return new SignInSettings(local || provider.isEmpty(), provider, publicUrl(console));
    }

    private static Optional<URI> publicUrl(Settings console) {
        var url = console.optionalString("publicUrl");
        if (url.isPresent() && !url.get().matches("https?://[^/?#@\\s]+/?")) {
            console.reject("publicUrl", "http://host or https://host, with a port where needed and without a path");
            return Optional.empty();
        }
        return url.map(URI::create);
    }
}
