package dev.portcullis.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.standalone.process.CannotStart;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The policy of an installation whose document has its home in a repository.
class InstallationPolicyIT {
    private static final PolicyOwner GIT = new PolicyOwner.Git(URI.create("https://git.example.com/acme/policy"));
    private static final Upstream ONE = Upstream.parse("one=https://one.example.com/mcp");
    private static final Upstream OTHER = Upstream.parse("other=https://other.example.com/mcp");

    @Test
    void routesAreNotChangedOverTheRepository() {
        try (var database = TestDatabase.create()) {
            // Given
            var policy = new InstallationPolicy(database.dataSource(), GIT);
            var first = policy.apply(Optional.empty(), List.of(ONE));

            // When
            assertThatThrownBy(() -> policy.apply(Optional.empty(), List.of(ONE, OTHER)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(
                            "--upstream one, other: the policy document lives in https://git.example.com");

            // Then
            var later = policy.apply(Optional.empty(), List.of(ONE));
            assertThat(later.version()).isEqualTo(first.version());
            assertThat(later.document().routes()).containsKey("one").doesNotContainKey("other");
        }
    }
}
