package dev.portcullis.standalone.client;

/// A policy document that a console has.
///
/// @param text as its author wrote it
/// @param version the version; of a draft, the one in force
/// @param tag its entity tag, without quotes
public record PolicyText(String text, String version, String tag) {
    /// What stands where nothing has been published.
    public static final PolicyText NONE = new PolicyText("", "0", "version-0");
}
