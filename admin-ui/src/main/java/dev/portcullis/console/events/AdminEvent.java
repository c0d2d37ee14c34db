package dev.portcullis.console.events;

import java.util.Map;
import java.util.Optional;

/// Something an admin did, or tried to do.
///
/// @param actor a username, `sso:<name at the identity provider>`, `token:<name>`, `cli:<user of the system>`, or
/// `system`
/// @param event what happened, for instance `policy.published`
/// @param subject what it happened to
/// @param detail more, never a secret
public record AdminEvent(String actor, String event, Optional<String> subject, Map<String, String> detail) {
    public static final String SIGNED_IN = "signin.succeeded";
    public static final String SIGN_IN_FAILED = "signin.failed";
    public static final String SIGN_IN_LOCKED = "signin.locked";
    public static final String SIGNED_OUT = "signin.ended";
    public static final String PASSWORD_CHANGED = "password.changed";
    public static final String PASSWORD_RESET = "password.reset";
    public static final String ADMINISTRATOR_CREATED = "administrator.created";
    public static final String ADMINISTRATOR_CHANGED = "administrator.changed";
    public static final String ADMINISTRATOR_LOCKED = "administrator.locked";
    public static final String ADMINISTRATOR_UNLOCKED = "administrator.unlocked";
    public static final String ADMINISTRATOR_REMOVED = "administrator.removed";
    public static final String DRAFT_SAVED = "draft.saved";
    public static final String DRAFT_DISCARDED = "draft.discarded";
    public static final String POLICY_REPLAYED = "policy.replayed";
    public static final String POLICY_PUBLISHED = "policy.published";
    public static final String POLICY_RESTORED = "policy.restored";
    /// Whether a second person has to approve what is published.
    public static final String APPROVAL_CHANGED = "approval.changed";

    public static final String PROPOSAL_MADE = "proposal.made";
    public static final String PROPOSAL_APPROVED = "proposal.approved";
    public static final String PUBLICATION_SCHEDULED = "publication.scheduled";
    public static final String POLICY_TEST_SAVED = "policy_test.saved";
    public static final String POLICY_TEST_DELETED = "policy_test.deleted";
    public static final String KILL_ENGAGED = "kill.engaged";
    public static final String KILL_RELEASED = "kill.released";
    public static final String API_KEY_CREATED = "api_key.created";
    public static final String API_KEY_REVOKED = "api_key.revoked";
    public static final String REVOKED = "revocation.made";
    public static final String REVOCATION_LIFTED = "revocation.lifted";
    public static final String ADMIN_TOKEN_CREATED = "admin_token.created";
    public static final String ADMIN_TOKEN_CHANGED = "admin_token.changed";
    public static final String ADMIN_TOKEN_REVOKED = "admin_token.revoked";
    /// Somebody has shown a token that is not good.
    public static final String ADMIN_TOKEN_FAILED = "admin_token.failed";
    public static final String CREDENTIAL_SET = "credential.set";
    /// Its end, not its secret.
    public static final String CREDENTIAL_CHANGED = "credential.changed";
    public static final String CREDENTIAL_REMOVED = "credential.removed";
    public static final String SECRETS_REENCRYPTED = "secrets.reencrypted";
    public static final String AUDIT_EXPORTED = "audit.exported";
    /// How long the audit trail is kept.
    public static final String RETENTION_CHANGED = "retention.changed";

    public static final String LEGAL_HOLD_PLACED = "legal_hold.placed";
    public static final String LEGAL_HOLD_RELEASED = "legal_hold.released";
    public static final String AUDIT_STREAMED = "audit.streamed";
    public static final String SINK_GAP = "sink.gap";
    public static final String AUDIT_EXPORT_ENDED = "audit.export_ended";
    public static final String EVIDENCE_CREATED = "evidence.created";
    public static final String EVIDENCE_ENDED = "evidence.ended";
    /// Somebody saw what callers have sent.
    public static final String AUDIT_REVEALED = "audit.revealed";

    public AdminEvent {
        detail = Map.copyOf(detail);
    }

    /// A proposal that came to nothing.
    ///
    /// @param end `rejected`, `withdrawn`, `cancelled`, or `refused` when it could not be published at its time
    public static String proposalEnded(String end) {
        return "proposal." + end;
    }

    public static AdminEvent of(String actor, String event) {
        return new AdminEvent(actor, event, Optional.empty(), Map.of());
    }

    public AdminEvent about(String subject) {
        return new AdminEvent(actor, event, Optional.of(subject), detail);
    }

    public AdminEvent with(Map<String, String> detail) {
        return new AdminEvent(actor, event, subject, detail);
    }
}
