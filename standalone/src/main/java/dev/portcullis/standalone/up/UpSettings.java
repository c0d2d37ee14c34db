package dev.portcullis.standalone.up;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.configuration.Settings;
import dev.portcullis.console.TrailSettings;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.signin.SignInSettings;
import dev.portcullis.proxy.config.ProxyConfig;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The proxy's settings under `up`: those of the configuration file and the environment, over which
/// goes whatever `up` decides itself. Which key signs the audit trail it decides only when nobody else does.
record UpSettings(UpOptions options, Map<String, String> environment) {

    /// What is known only once the parts before the proxy run.
    ///
    /// @param sandbox with `{route}` for the route's name
    /// @param loopback `host:port` of the upstreams on this machine
    /// @param secretsKey of the data folder
    /// @param managementToken of the data folder
    /// @param journal of the data folder
    record Surroundings(
            DatabaseSettings database,
            String sandbox,
            Set<String> loopback,
            Optional<Secret> secretsKey,
            Optional<Secret> managementToken,
            Path journal) {}

    /// @throws dev.portcullis.configuration.ConfigurationException with everything that is wrong
    ProxyConfig proxy(Surroundings surroundings) {
        var overrides = new HashMap<>(environment);
        overrides.put("PORTCULLIS_DATABASE_URL", surroundings.database().url());
        overrides.put("PORTCULLIS_DATABASE_USER", surroundings.database().user());
        overrides.put(
                "PORTCULLIS_DATABASE_PASSWORD",
                surroundings.database().password().reveal());
        overrides.put("PORTCULLIS_PROXY_LISTEN", options.proxy().text());
        overrides.put("PORTCULLIS_MANAGEMENT_LISTEN", options.management().text());
        overrides.put("PORTCULLIS_PROXY_UPSTREAMS_SANDBOX", surroundings.sandbox());
        overrides.put("PORTCULLIS_PROXY_UPSTREAMS_ALLOWED_LOOPBACK", String.join(",", surroundings.loopback()));
        overrides.put(
                "PORTCULLIS_PROXY_AUDIT_JOURNAL_DIRECTORY",
                surroundings.journal().toString());
        surroundings.secretsKey().ifPresent(key -> overrides.put("PORTCULLIS_SECRETS_KEY", key.reveal()));
        var told = file(options.configuration(), overrides).read(ProxyConfig::read);
        if (told.chain().key().isEmpty()) {
            overrides.put(
                    "PORTCULLIS_PROXY_AUDIT_CHAIN_KEY",
                    options.data().signingKey().toString());
        }
        if (told.management().kills().isEmpty()) {
            // Nobody has set up a kill switch of this machine, so it has that of the data folder.
            surroundings.managementToken().ifPresent(token -> {
                overrides.put("PORTCULLIS_MANAGEMENT_KILLS_TOKEN", token.reveal());
                overrides.put(
                        "PORTCULLIS_MANAGEMENT_KILLS_FILE",
                        options.data().kills().toString());
            });
        }
        return file(options.configuration(), overrides).read(ProxyConfig::read);
    }

    /// What the console shares with the proxy.
    ///
    /// @throws dev.portcullis.configuration.ConfigurationException with everything that is wrong
    PolicySettings policy() {
        return file(options.configuration(), environment).read(PolicySettings::from);
    }

    /// What becomes of the audit trail.
    ///
    /// @throws dev.portcullis.configuration.ConfigurationException with everything that is wrong
    TrailSettings trail() {
        var told = console(TrailSettings::from);
        return told.signingKey().isPresent()
                ? told
                : told.signedWith(options.data().signingKey());
    }

    /// Where the policy document has its home.
    ///
    /// @throws dev.portcullis.configuration.ConfigurationException with everything that is wrong
    PolicyOwner policyOwner() {
        return console(PolicyOwner::from);
    }

    /// How people come to the screens.
    ///
    /// @throws dev.portcullis.configuration.ConfigurationException with everything that is wrong
    SignInSettings signIn() {
        return console(SignInSettings::from);
    }

    /// What else the section says is left to those who read it, or is for `up` to decide.
    private <T> T console(Function<Settings, T> reader) {
        return file(options.configuration(), environment).read(file -> {
            var console = file.section("console");
            console.leave(console.names());
            return reader.apply(console);
        });
    }

    private static ConfigurationFile file(Optional<Path> file, Map<String, String> environment) {
        return file.map(path -> ConfigurationFile.load(path, environment))
                .orElseGet(() -> ConfigurationFile.parse("", environment));
    }
}
