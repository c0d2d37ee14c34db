package dev.portcullis.console.setup;

import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.access.store.AdminTokenStore;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.Publication;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.console.policy.store.PolicyStore;
import dev.portcullis.console.signin.Passwords;
import dev.portcullis.console.signin.query.AdministratorQuery;
import dev.portcullis.console.signin.store.AdministratorStore;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;

import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Makes a migrated, empty database usable: the first administrator, the first admin token, the first
/// policy.
///
/// Everything here is safe to call at every start, and by several processes at once.
public final class FirstStart {
    /// The username of the first administrator.
    public static final String ADMINISTRATOR = "admin";

    private static final String AUTHOR = "system";
    private static final String TOKEN_NAME = "first";
    private static final List<String> ALL_ROLES = List.of(Roles.ADMIN, Roles.AUDITOR);

    private FirstStart() {}

    /// What was made; each is shown to the operator once and cannot be had again.
    ///
    /// @param firstPassword of [#ADMINISTRATOR]; it must be changed at the first sign-in
    /// @param adminToken for the REST API, with every role
    public record Result(Optional<String> firstPassword, Optional<String> adminToken) {
        @Override
        public String toString() {
            return "Result[firstPassword=" + firstPassword.isPresent() + ", adminToken=" + adminToken.isPresent() + "]";
        }
    }

    /// Adds an administrator when there is none, and an admin token when there has never been one.
    public static Result prepare(DataSource database) {
        return new Result(firstPassword(database), adminToken(database));
    }

    /// Publishes a document when no version exists.
    ///
    /// @return the version in force afterwards: 1, or the one that was there already
    /// @throws InvalidPolicyException with the document's problems when it is not valid
    public static long publishFirst(DataSource database, String documentText, String comment) {
        return new PolicyQuery(database)
                .published()
                .map(PolicyVersion::version)
                .orElseGet(() -> switch (DocumentReader.read(documentText)) {
                    case ReadResult.Invalid invalid -> throw new InvalidPolicyException(invalid);
                    case ReadResult.Valid _ ->
                        new PolicyStore(database).publishFirst(Publication.of(documentText, comment, AUTHOR));
                });
    }

    private static Optional<String> firstPassword(DataSource database) {
        if (new AdministratorQuery(database).exist()) {
            return Optional.empty();
        }
        var password = Passwords.random();
        var hash = Passwords.encoder().encode(password);
        return new AdministratorStore(database).addFirst(ADMINISTRATOR, hash, ALL_ROLES)
                ? Optional.of(password)
                : Optional.empty();
    }

    private static Optional<String> adminToken(DataSource database) {
        var token = AdminToken.random();
        return new AdminTokenStore(database).addFirst(token, TOKEN_NAME, ALL_ROLES)
                ? Optional.of(token.text())
                : Optional.empty();
    }
}
