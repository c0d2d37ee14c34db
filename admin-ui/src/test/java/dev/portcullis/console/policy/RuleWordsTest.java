package dev.portcullis.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.document.RuleFragment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Set;

class RuleWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    readOnly: true                                | Only tools that read may be used
                    allowedActions: []                            | No action may be run
                    allowedActions: [a, b, c, d, e, f, g, h]      | Only these actions may be run: a, b, c, d, e, f and 2 more
                    deniedTools: ["delete_*"]                     | These tools are refused: delete_*
                    allowedNetworks: [10.0.0.0/8]                 | Only these networks are let in: 10.0.0.0/8
                    blockedDomains: ["*.example.com"]             | These domains may not be reached: *.example.com
                    pinnedTools: true                             | Tools that are new or have changed since their review are refused
                    deny: true                                    | Everything is refused
                    limit: {calls: 60, per: minute, by: caller}   | At most 60 calls per minute, for each caller
                    limit: {calls: 1, per: day, by: organization} | At most 1 call per day, all together
                    """)
    void aRuleSaysWhatItDoes(String restriction, String words) {
        assertThat(RuleWords.does(rule("id: r\n" + restriction + "\n"))).isEqualTo(words);
    }

    @Test
    void aRuleSaysWhomItIsAbout() {
        assertThat(RuleWords.concerns(rule("id: r\ndeny: true\n"))).isEqualTo("For everyone");
        assertThat(RuleWords.concerns(rule("""
                        id: r
                        match: {groups: [dev, ops], classes: [write], time: {days: [fri], zone: UTC}}
                        except: {callers: [ada]}
                        deny: true
                        """)))
                .isEqualTo("For groups dev, ops · class write · time {days: [fri], zone: UTC}; except caller ada");
        assertThat(RuleWords.concerns(rule("id: r\nmatch: {tools: []}\ndeny: true\n")))
                .isEqualTo("For no tools at all");
    }

    @ParameterizedTest
    @EnumSource(RuleTemplate.class)
    void everyTemplateIsAValidRuleThatOnlyObserves(RuleTemplate template) {
        // Given
        var first = rule(template.fragment(Set.of()));

        // When
        var second = rule(template.fragment(Set.of(first.id())));

        // Then
        assertThat(first.mode()).isEqualTo(Rule.Mode.OBSERVE);
        assertThat(second.id()).isEqualTo(first.id() + "-2");
    }

    private static Rule rule(String fragment) {
        return new RuleFragment(fragment).rule().orElseThrow();
    }
}
