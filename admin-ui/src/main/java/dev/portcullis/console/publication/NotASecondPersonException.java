package dev.portcullis.console.publication;

/// Whoever approves is not, or not provably, somebody else than the author. Nothing was approved.
public final class NotASecondPersonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NotASecondPersonException(String message) {
        super(message);
    }

    static NotASecondPersonException author(Proposal proposal) {
        return new NotASecondPersonException("A second person has to approve " + proposal.name() + ": "
                + proposal.authorPerson() + " is its author.");
    }

    static NotASecondPersonException unknown(String actor) {
        return new NotASecondPersonException(
                "Nobody knows which person made " + actor + ", so it cannot stand for a second one.");
    }
}
