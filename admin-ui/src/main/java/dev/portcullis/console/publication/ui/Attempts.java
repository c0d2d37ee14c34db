package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.portcullis.console.api.BusyException;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.policy.ApprovalNeededException;
import dev.portcullis.console.policy.InvalidModulesException;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyOwnedElsewhereException;
import dev.portcullis.console.policy.StalePolicyException;
import dev.portcullis.console.policytests.FailedTestsException;
import dev.portcullis.console.policytests.StaleTestException;
import dev.portcullis.console.publication.NotASecondPersonException;
import dev.portcullis.policy.rego.OpaException;
import org.springframework.security.access.AccessDeniedException;

/// Does something that may be refused, and says why it was. What nobody expects is not caught.
public final class Attempts {
    private static final int LONG = 12_000;

    private Attempts() {}

    /// @return whether it was done
    public static boolean attempt(Runnable change) {
        try {
            change.run();
            return true;
        } catch (BusyException
                | ConflictException
                | NotFoundException
                | ApprovalNeededException
                | InvalidModulesException
                | InvalidPolicyException
                | PolicyOwnedElsewhereException
                | StalePolicyException
                | StaleTestException
                | FailedTestsException
                | NotASecondPersonException
                | OpaException
                | IllegalArgumentException e) {
            tell(String.valueOf(e.getMessage()));
        } catch (AccessDeniedException e) {
            tell("You may not do that.");
        }
        return false;
    }

    private static void tell(String sentence) {
        var told = Notification.show(sentence, LONG, Notification.Position.TOP_CENTER);
        told.addThemeVariants(NotificationVariant.LUMO_ERROR);
    }

    static void done(String sentence) {
        Notification.show(sentence).addThemeVariants(NotificationVariant.LUMO_SUCCESS);
    }
}
