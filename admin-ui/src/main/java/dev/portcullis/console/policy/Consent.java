package dev.portcullis.console.policy;

/// Who, besides its author, has agreed to a publication.
public sealed interface Consent {

    /// Nobody. Where a second person is required nothing is published so.
    record None() implements Consent {}

    /// Whoever reviewed it in the repository that owns the document.
    record Repository() implements Consent {}

    /// A second person.
    ///
    /// @param comment what they said
    record Approved(String approver, String comment) implements Consent {}
}
