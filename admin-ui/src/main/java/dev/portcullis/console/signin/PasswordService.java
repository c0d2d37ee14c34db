package dev.portcullis.console.signin;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.signin.query.AdministratorQuery;
import dev.portcullis.console.signin.store.AdministratorStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/// Lets a person change their own password.
@Service
public class PasswordService {
    private final AdministratorQuery administrators;
    private final AdministratorStore store;
    private final PasswordEncoder encoder;

    PasswordService(AdministratorQuery administrators, AdministratorStore store, PasswordEncoder encoder) {
        this.administrators = administrators;
        this.store = store;
        this.encoder = encoder;
    }

    /// What came of it.
    public enum Result {
        CHANGED,
        CURRENT_IS_WRONG,
        TOO_SHORT,
        TOO_LONG,
        SAME_AS_BEFORE,
        CONTAINS_USERNAME
    }

    @RolesAllowed(Roles.VIEWER)
    public Result change(String username, String current, String wanted) {
        var administrator = administrators.byUsername(username).orElseThrow();
        if (!encoder.matches(current, administrator.passwordHash())) {
            return Result.CURRENT_IS_WRONG;
        }
        if (wanted.length() < Passwords.MINIMUM_LENGTH) {
            return Result.TOO_SHORT;
        }
        if (wanted.length() > Passwords.MAXIMUM_LENGTH) {
            return Result.TOO_LONG;
        }
        if (wanted.equals(current)) {
            return Result.SAME_AS_BEFORE;
        }
        if (wanted.toLowerCase(java.util.Locale.ROOT).contains(username)) {
            return Result.CONTAINS_USERNAME;
        }
        var changed = store.changePassword(
                username,
                administrator.revision(),
                encoder.encode(wanted),
                AdminEvent.of(username, AdminEvent.PASSWORD_CHANGED).about(username));
        return changed ? Result.CHANGED : Result.CURRENT_IS_WRONG;
    }
}
