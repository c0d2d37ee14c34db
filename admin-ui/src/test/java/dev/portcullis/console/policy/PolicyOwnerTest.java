package dev.portcullis.console.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.ConfigurationFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.Map;

class PolicyOwnerTest {
    @Test
    void consoleOwnsThePolicyUnlessARepositoryDoes() {
        assertThat(owner("")).isEqualTo(new PolicyOwner.Console());
        assertThat(owner("console: {policy: {owner: console}}")).isEqualTo(new PolicyOwner.Console());
        assertThat(owner("console: {policy: {owner: git, repository: 'https://git.example.com/acme/policy'}}"))
                .isEqualTo(new PolicyOwner.Git(URI.create("https://git.example.com/acme/policy")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {owner: svn}                                      | owner: svn (expected: console or git)
            {owner: git}                                      | repository: missing (expected: the http or https URL
            {owner: git, repository: git@example.com:x}       | repository: git@example.com:x (expected: the http or
            {owner: git, repository: javascript:alert(1)}     | repository: javascript:alert(1) (expected: the http or
            {repository: https://git.example.com/x}           | repository: https://git.example.com/x (expected: no
            {owner: git, repositori: https://example.com/x}   | repositori: unknown key
            """)
    void whatIsWrongIsNamed(String section, String problem) {
        assertThatThrownBy(() -> owner("console: {policy: " + section + "}"))
                .hasMessageContaining("console.policy." + problem);
    }

    private static PolicyOwner owner(String configuration) {
        return ConfigurationFile.parse(configuration, Map.of()).read(file -> PolicyOwner.from(file.section("console")));
    }
}
