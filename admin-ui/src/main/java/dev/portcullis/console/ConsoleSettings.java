package dev.portcullis.console;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.signin.SignInSettings;
import dev.portcullis.secrets.MasterKey;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/// What the console must be told to start.
///
/// @param bindAddress where it listens; loopback unless something in front of it adds TLS
/// @param port the port, or 0 for any that is free
/// @param database the migrated database
/// @param gatewayUrl where clients reach the gateway, for instance `http://127.0.0.1:8080`, without a
///     path
/// @param secretsKey what secrets in the database are encrypted with, as [MasterKey] reads it; without
///     it neither API keys nor credentials can be made
/// @param policy how an organization's own Rego is compiled
/// @param policyOwner where the policy document has its home
/// @param trail what becomes of the audit trail
/// @param signIn how people come to the screens
public record ConsoleSettings(
        InetAddress bindAddress,
        int port,
        DatabaseSettings database,
        String gatewayUrl,
        Optional<Secret> secretsKey,
        PolicySettings policy,
        PolicyOwner policyOwner,
        TrailSettings trail,
        SignInSettings signIn) {
    public ConsoleSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        var scheme = URI.create(gatewayUrl).getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException("gatewayUrl: " + gatewayUrl + " (expected: http:// or https://)");
        }
        secretsKey.ifPresent(MasterKey::read);
        gatewayUrl = gatewayUrl.endsWith("/") ? gatewayUrl.substring(0, gatewayUrl.length() - 1) : gatewayUrl;
    }

    /// With what is usual: a console that owns the policy, and people of this console only.
    public ConsoleSettings(
            InetAddress bindAddress,
            int port,
            DatabaseSettings database,
            String gatewayUrl,
            Optional<Secret> secretsKey) {
        this(
                bindAddress,
                port,
                database,
                gatewayUrl,
                secretsKey,
                PolicySettings.usual(),
                new PolicyOwner.Console(),
                TrailSettings.usual(),
                SignInSettings.usual());
    }

    /// The same with other settings of the policy.
    public ConsoleSettings withPolicy(PolicySettings other) {
        return new ConsoleSettings(
                bindAddress, port, database, gatewayUrl, secretsKey, other, policyOwner, trail, signIn);
    }

    /// The same where the document has another home.
    public ConsoleSettings withPolicyOwner(PolicyOwner other) {
        return new ConsoleSettings(bindAddress, port, database, gatewayUrl, secretsKey, policy, other, trail, signIn);
    }

    /// The same with another treatment of the audit trail.
    public ConsoleSettings withTrail(TrailSettings other) {
        return new ConsoleSettings(
                bindAddress, port, database, gatewayUrl, secretsKey, policy, policyOwner, other, signIn);
    }
}
