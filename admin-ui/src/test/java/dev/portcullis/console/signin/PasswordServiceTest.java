package dev.portcullis.console.signin;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.gateway.Tables.ADMINISTRATORS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.console.signin.PasswordService.Result;
import dev.portcullis.console.signin.query.AdministratorQuery;
import dev.portcullis.console.signin.store.AdministratorStore;
import dev.portcullis.database.TestDatabase;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordServiceTest {
    @Test
    void ownPasswordIsChanged() {
        try (var database = TestDatabase.create()) {
            // Given
            var first =
                    FirstStart.prepare(database.dataSource()).firstPassword().orElseThrow();
            var administrators = new AdministratorQuery(database.dataSource());
            var service = new PasswordService(
                    administrators, new AdministratorStore(database.dataSource()), Passwords.encoder());

            // When
            var result = service.change("admin", first, "a much better one");

            // Then
            assertThat(result).isEqualTo(Result.CHANGED);
            var administrator = administrators.byUsername("admin").orElseThrow();
            assertThat(administrator.mustChangePassword()).isFalse();
            assertThat(administrator.passwordHash()).startsWith("{pbkdf2}").doesNotContain("better");
            assertThat(DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                            .selectFrom(ADMIN_EVENTS)
                            .where(ADMIN_EVENTS.EVENT.eq("password.changed"))
                            .fetch(ADMIN_EVENTS.ACTOR))
                    .containsExactly("admin");

            // Then
            assertThat(service.change("admin", first, "yet another one")).isEqualTo(Result.CURRENT_IS_WRONG);
            assertThat(service.change("admin", "a much better one", "short")).isEqualTo(Result.TOO_SHORT);
            assertThat(service.change("admin", "a much better one", "x".repeat(257)))
                    .isEqualTo(Result.TOO_LONG);
            assertThat(service.change("admin", "a much better one", "a much better one"))
                    .isEqualTo(Result.SAME_AS_BEFORE);
            assertThat(service.change("admin", "a much better one", "the Admin is me"))
                    .isEqualTo(Result.CONTAINS_USERNAME);
        }
    }

    /// Hashing takes as long as an admin needs to reset the password because somebody else knows it.
    @Test
    void passwordThatWasResetMeanwhileIsNotReplaced() {
        try (var database = TestDatabase.create()) {
            // Given
            var first =
                    FirstStart.prepare(database.dataSource()).firstPassword().orElseThrow();
            var sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
            var administrators = new AdministratorQuery(database.dataSource());
            var slow = new PasswordEncoder() {
                private final PasswordEncoder real = Passwords.encoder();

                @Override
                public String encode(CharSequence password) {
                    sql.update(ADMINISTRATORS)
                            .set(ADMINISTRATORS.PASSWORD_HASH, "reset")
                            .set(ADMINISTRATORS.REVISION, ADMINISTRATORS.REVISION.plus(1))
                            .execute();
                    return real.encode(password);
                }

                @Override
                public boolean matches(CharSequence password, String hash) {
                    return real.matches(password, hash);
                }
            };
            var service = new PasswordService(administrators, new AdministratorStore(database.dataSource()), slow);

            // When
            var result = service.change("admin", first, "a much better one");

            // Then
            assertThat(result).isEqualTo(Result.CURRENT_IS_WRONG);
            assertThat(administrators.byUsername("admin").orElseThrow().passwordHash())
                    .isEqualTo("reset");
            assertThat(sql.fetchExists(ADMIN_EVENTS, ADMIN_EVENTS.EVENT.eq("password.changed")))
                    .isFalse();
        }
    }
}
