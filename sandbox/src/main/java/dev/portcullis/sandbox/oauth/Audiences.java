package dev.portcullis.sandbox.oauth;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What tokens are for: usually one audience whatever was asked for; with [Fault#STRICT_RESOURCE] the
/// resource that was asked for, if it is known.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8707">RFC 8707, Resource Indicators</a>
record Audiences(SandboxOAuth options) {

    /// When no resource was asked for.
    String usual(Site site) {
        return isStrict() ? site.resource() : options.audience();
    }

    /// Nothing when one of the resources is not known.
    Optional<String> of(Site site, List<URI> resources) {
        if (!isStrict() || resources.isEmpty()) {
            return Optional.of(usual(site));
        }
        var wanted = resources.stream().map(URI::toString).toList();
        return known(site).containsAll(wanted) ? Optional.of(wanted.getFirst()) : Optional.empty();
    }

    private boolean isStrict() {
        return options.faults().has(Fault.STRICT_RESOURCE);
    }

    private Set<String> known(Site site) {
        var known = new HashSet<>(options.resources());
        known.add(site.resource());
        return known;
    }
}
