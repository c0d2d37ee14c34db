package dev.portcullis.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.console.signin.SignInSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SignInConfigurationTest {
    private static final Path EXAMPLE = Path.of("../config/portcullis.yaml");

    @Test
    void peopleHavePasswordsUnlessTheFileSaysOtherwise() {
        assertThat(read("listen: 127.0.0.1:1")).isEqualTo(SignInSettings.usual());
    }

    /// What is commented out has to be right as well, but for the secret, which is somebody else's.
    @Test
    void commentedProviderOfTheExampleIsRead() throws IOException {
        // Given
        var example = Files.readString(EXAMPLE);
        var section = example.substring(example.indexOf("  signIn:"), example.indexOf("  policy:\n    owner"))
                .replaceAll("(?m)^ {4}# ", "    ")
                .replace("file:/run/secrets/console-client-secret", "s3cret");

        // When
        var read = read("publicUrl: https://console.example.com\n" + section.replaceAll("(?m)^ {2}", ""));

        // Then
        var provider = read.provider().orElseThrow();
        assertThat(read.local()).isTrue();
        assertThat(read.publicUrl()).contains(URI.create("https://console.example.com"));
        assertThat(provider.issuer()).isEqualTo(URI.create("https://login.example.com"));
        assertThat(provider.clientSecret().reveal()).isEqualTo("s3cret");
        assertThat(provider.scopes()).containsExactly("openid", "profile", "email");
        assertThat(provider.nameClaim()).isEqualTo("sub");
        assertThat(provider.rolesOf(List.of("platform-team", "security", "others")))
                .containsExactly("APPROVER", "AUDITOR", "EDITOR");
        assertThat(provider.rolesOf(List.of("others"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {local: false}                                       | signIn.local: false (expected: true, or an identity provider
            {oidc: {clientId: c}}                                | signIn.oidc.issuer: missing (expected: a text)
            {oidc: {issuer: 'http://login.example.com'}}         | signIn.oidc.issuer: http://login.example.com (expected: https
            {oidc: {issuer: 'https://l.example.com'}}            | signIn.oidc.clientSecret: missing (expected: a secret
            {oidc: {issuer: 'https://l.example.com'}}            | signIn.oidc.roles: missing (expected: groups and their roles
            {oidc: {issuer: 'https://l', roles: {g: [ROOT]}}}    | signIn.oidc.roles.g
            {oidc: {issuer: 'https://l', roles: {g: [BUNDLES]}}} | signIn.oidc.roles.g
            {oidc: {issuer: 'https://l', roles: {g: []}}}        | signIn.oidc.roles.g
            {oidc: {issuer: 'https://l', scopes: [profile]}}     | signIn.oidc.scopes
            {oidc: {issuer: 'https://l', algorithm: none}}       | signIn.oidc.algorithm: none (expected: one of RS256
            {oidc: {issuer: 'https://l', groups: x}}             | signIn.oidc.groups: unknown key
            """)
    void whatIsWrongIsNamed(String signIn, String message) {
        assertThatThrownBy(() -> read("signIn: " + signIn)).hasMessageContaining(message);
    }

    @Test
    void publicUrlIsAnAddressWithoutAPath() {
        assertThatThrownBy(() -> read("publicUrl: https://example.com/console"))
                .hasMessageContaining("console.publicUrl: https://example.com/console (expected: http://host");
    }

    private static SignInSettings read(String console) {
        return ConfigurationFile.parse("console:\n" + console.indent(2), Map.of())
                .read(file -> {
                    var section = file.section("console");
                    section.leave(List.of("listen"));
                    return SignInSettings.from(section);
                });
    }
}
