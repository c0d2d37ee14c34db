package dev.portcullis.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.signin.Passwords;
import dev.portcullis.console.signin.query.AdministratorQuery;
import dev.portcullis.database.TestDatabase;
import org.junit.jupiter.api.Test;

class FirstStartTest {
    @Test
    void administratorAndTokenAreMadeOnce() {
        try (var database = TestDatabase.create()) {
            // When
            var first = FirstStart.prepare(database.dataSource());
            var second = FirstStart.prepare(database.dataSource());

            // Then
            assertThat(first.firstPassword())
                    .hasValueSatisfying(password -> assertThat(password).matches("([a-z2-9]{5}-){4}[a-z2-9]{5}"));
            assertThat(first.adminToken())
                    .hasValueSatisfying(token -> assertThat(token).matches("pca_[A-Za-z0-9_-]{43}"));
            assertThat(second).isEqualTo(new FirstStart.Result(java.util.Optional.empty(), java.util.Optional.empty()));
            assertThat(first).asString().doesNotContain(first.firstPassword().orElseThrow());
        }
    }

    @Test
    void firstPasswordIsStoredHashedAndMustBeChanged() {
        try (var database = TestDatabase.create()) {
            // When
            var password =
                    FirstStart.prepare(database.dataSource()).firstPassword().orElseThrow();

            // Then
            var administrator = new AdministratorQuery(database.dataSource())
                    .byUsername(FirstStart.ADMINISTRATOR)
                    .orElseThrow();
            assertThat(administrator.mustChangePassword()).isTrue();
            assertThat(administrator.roles()).containsExactly("ADMIN", "AUDITOR");
            assertThat(Passwords.encoder().matches(password, administrator.passwordHash()))
                    .isTrue();
        }
    }
}
