package dev.portcullis.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void sameTextsHaveNoDifference() {
        assertThat(LineDiff.between("a\nb\n", "a\nb")).isEmpty();
    }

    @Test
    void changesAreShownWithWhatIsAroundThem() {
        assertThat(LineDiff.between("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nfive\n6\n7\n8\n9"))
                .containsExactly("  …", "  2", "  3", "  4", "- 5", "+ five", "  6", "  7", "  8", "  …");
    }

    @Test
    void everythingIsNewAgainstNothing() {
        assertThat(LineDiff.between("", "a\nb")).containsExactly("+ a", "+ b");
        assertThat(LineDiff.between("a\nb", "")).containsExactly("- a", "- b");
    }
}
