package dev.portcullis.policy.profile;

import java.util.Locale;

/// Where the class of a tool comes from, the strongest first.
public enum ClassSource {
    /// Somebody reviewed it: the policy document says so.
    REVIEW,
    /// The profile of the route knows the tool.
    PROFILE,
    /// The upstream's own annotation, which tightens always and loosens only where it is trusted.
    ANNOTATION,
    /// Nobody says anything: it may write.
    DEFAULT;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
