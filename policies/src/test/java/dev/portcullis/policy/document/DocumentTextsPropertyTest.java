package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/// What holds for every text of a document: its layout says the same and stays as it is, and a change of
/// one rule is a change of that rule alone.
@Tag("slow")
class DocumentTextsPropertyTest {

    @Property(tries = 300)
    void layoutSaysTheSameKeepsCommentsAndStays(@ForAll("documents") String text) {
        // When
        var formatted = DocumentFormatter.format(text);

        // Then
        assertThat(EditableText.valid(formatted)).isEqualTo(EditableText.valid(text));
        assertThat(comments(formatted)).isEqualTo(comments(text));
        assertThat(DocumentFormatter.format(formatted)).isEqualTo(formatted);
    }

    @Property(tries = 300)
    void addedRuleIsTheOnlyChange(@ForAll("documents") String text, @ForAll("keys") List<String> keys) {
        // Given
        var rule = GeneratedTexts.rule("added", keys);
        var expected = new ArrayList<>(EditableText.valid(text).rules());
        expected.add(rule);

        // When
        var edited = RuleEditor.withRule(text, rule);

        // Then
        expect(edited, text, expected);
        assertThat(comments(edited)).isEqualTo(comments(text));
        assertThat(RuleEditor.withRule(edited, rule)).isEqualTo(edited);
    }

    @Property(tries = 300)
    void replacedRuleIsTheOnlyChange(@ForAll("withRules") String text, @ForAll("keys") List<String> keys) {
        // Given
        var expected = new ArrayList<>(EditableText.valid(text).rules());
        var index = expected.size() / 2;
        var rule = GeneratedTexts.rule("r" + index, keys);
        expected.set(index, rule);

        // When
        var edited = RuleEditor.withRule(text, rule);

        // Then
        expect(edited, text, expected);
        assertThat(GeneratedTexts.commentLines(edited)).isEqualTo(GeneratedTexts.commentLines(text));
    }

    @Property(tries = 300)
    void removedRuleIsTheOnlyChange(@ForAll("withRules") String text) {
        // Given
        var expected = new ArrayList<>(EditableText.valid(text).rules());
        var index = expected.size() / 2;
        expected.remove(index);

        // When
        var edited = RuleEditor.withoutRule(text, "r" + index);

        // Then
        expect(edited, text, expected);
        assertThat(GeneratedTexts.commentLines(edited))
                .containsAll(GeneratedTexts.commentLines(text).stream()
                        .filter(comment -> !comment.equals("# after id: r" + index))
                        .toList());
    }

    @Property(tries = 200)
    void modeIsTheOnlyChange(@ForAll("withRules") String text, @ForAll Rule.Mode mode) {
        // When
        var edited = RuleEditor.withMode(text, "r0", mode);

        // Then
        var rules = EditableText.valid(text).rules();
        var changed = EditableText.valid(edited).rules();
        assertThat(changed.getFirst().mode()).isEqualTo(mode);
        assertThat(changed.getFirst().restriction()).isEqualTo(rules.getFirst().restriction());
        assertThat(changed.subList(1, changed.size())).isEqualTo(rules.subList(1, rules.size()));
        assertThat(GeneratedTexts.commentLines(edited)).isEqualTo(GeneratedTexts.commentLines(text));
    }

    @Provide
    Arbitrary<String> documents() {
        return GeneratedTexts.documents(0);
    }

    @Provide
    Arbitrary<String> withRules() {
        return GeneratedTexts.documents(1);
    }

    @Provide
    Arbitrary<List<String>> keys() {
        return GeneratedTexts.keys();
    }

    private static void expect(String edited, String text, List<Rule> rules) {
        var before = EditableText.valid(text);
        assertThat(EditableText.valid(edited))
                .isEqualTo(new PolicyDocument(before.organization(), before.routes(), rules, before.tools()));
        if (text.startsWith("{")) {
            assertThat(JsonMapper.shared().readTree(edited).isObject()).isTrue();
        }
        var head = text.indexOf("rules");
        assertThat(edited).startsWith(head < 0 || text.startsWith("{") ? "" : text.substring(0, head));
    }

    private static List<String> comments(String text) {
        return Comment.in(EditableText.of(text)).stream()
                .map(Comment::text)
                .sorted()
                .toList();
    }
}
