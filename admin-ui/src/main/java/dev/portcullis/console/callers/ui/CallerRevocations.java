package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.callers.Revocation;
import dev.portcullis.console.callers.RevocationOrder;
import dev.portcullis.console.callers.RevocationOrder.Kind;
import dev.portcullis.console.callers.RevocationService;
import dev.portcullis.console.callers.SeenCaller;
import dev.portcullis.console.callers.SeenSession;
import dev.portcullis.console.keys.ApiKeyRecord;
import dev.portcullis.console.keys.ApiKeyService;
import dev.portcullis.console.tools.VisibleText;

import java.util.Optional;
import java.util.function.Supplier;

/// Asks once more and why, takes back, and tells what came of it.
final class CallerRevocations implements CallerActions {
    private final RevocationService revocations;
    private final ApiKeyService keys;
    private final Actor actor;
    private final Runnable changed;

    CallerRevocations(RevocationService revocations, ApiKeyService keys, Actor actor, Runnable changed) {
        this.revocations = revocations;
        this.keys = keys;
        this.actor = actor;
        this.changed = changed;
    }

    @Override
    public void revokeSession(SeenSession session) {
        new RevokeDialog(
                        "Revoke this session?",
                        "Every request of it is refused on every replica within a second, and its open streams end."
                                + " The client may begin another session; to keep the caller out, revoke the key or"
                                + " the grant, or use the kill switch.",
                        "Revoke",
                        reason -> attempt(() -> {
                            revocations.revoke(
                                    new RevocationOrder(Kind.SESSION, session.session(), reason), actor.name());
                            return "The session is revoked.";
                        }))
                .open();
    }

    @Override
    public void revokeGrant(SeenCaller caller) {
        new RevokeDialog(
                        "Sign " + VisibleText.line(caller.name()) + " out everywhere?",
                        "Every token of " + VisibleText.line(caller.caller())
                                + " that was issued before now is refused within a second,"
                                + " and open streams end. Whoever can sign in again at the identity provider gets in"
                                + " again.",
                        "Sign out",
                        reason -> attempt(() -> {
                            revocations.revoke(new RevocationOrder(Kind.GRANT, caller.caller(), reason), actor.name());
                            return VisibleText.line(caller.name()) + " is signed out everywhere.";
                        }))
                .open();
    }

    @Override
    public void revokeKey(SeenCaller caller) {
        new RevokeDialog(
                        "Revoke the key " + caller.name() + "?",
                        "It is refused on every replica within a second, and cannot be made good again: its holder needs"
                                + " another one.",
                        "Revoke",
                        reason -> attempt(() -> key(caller)
                                .flatMap(key -> keys.revoke(key.id(), Optional.of(reason), actor.name()))
                                .map(key -> "The key " + key.name() + " is revoked.")
                                .orElse("The key was revoked already.")))
                .open();
    }

    /// Makes good again what a revocation took.
    void lift(Revocation revocation) {
        new RevokeDialog(
                        "Lift this revocation?",
                        revocation.subject() + " is good again within a second.",
                        "Lift",
                        reason -> attempt(() -> {
                            revocations.lift(revocation.id(), Optional.of(reason), actor.name());
                            return "The revocation is lifted.";
                        }))
                .open();
    }

    private Optional<ApiKeyRecord> key(SeenCaller caller) {
        return keys.list(false).stream()
                .filter(key -> caller.caller().equals("key:" + key.name()))
                .findFirst();
    }

    private void attempt(Supplier<String> step) {
        try {
            Notification.show(step.get()).addThemeVariants(NotificationVariant.LUMO_SUCCESS);
        } catch (IllegalArgumentException | ConflictException e) {
            Notification.show(String.valueOf(e.getMessage()), 12_000, Notification.Position.TOP_CENTER)
                    .addThemeVariants(NotificationVariant.LUMO_ERROR);
        }
        changed.run();
    }
}
