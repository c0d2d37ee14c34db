package dev.portcullis.policy;

import java.util.List;

/// What hidden values say about the hosts that a call reaches.
///
/// @param certain whether the hosts of the arguments as they were are surely all
/// @param kept whether every host that the kept arguments name was named by the real ones, too
/// @param complete whether `hosts` are all that the kept arguments do not name
/// @param hosts for each of them its digest, and those of the domains it is a subdomain of
public record HiddenUrls(boolean certain, boolean kept, boolean complete, List<List<String>> hosts) {
    /// The kept arguments say everything.
    public static final HiddenUrls NONE = new HiddenUrls(true, true, true, List.of());
    /// Nothing is known.
    public static final HiddenUrls UNKNOWN = new HiddenUrls(true, true, false, List.of());

    public HiddenUrls {
        hosts = hosts.stream().map(List::copyOf).toList();
    }
}
