package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;

import java.util.List;
import java.util.Optional;

/// Whether one condition matches everything another one matches. Never a wrong yes; may be a wrong no.
final class Coverage {
    private Coverage() {}

    static boolean covers(Condition wide, Condition narrow) {
        return globs(wide.routes(), narrow.routes())
                && globs(wide.groups(), narrow.groups())
                && globs(wide.callers(), narrow.callers())
                && globs(wide.clients(), narrow.clients())
                && networks(wide.networks(), narrow.networks())
                && globs(wide.methods(), narrow.methods())
                && globs(wide.tools(), narrow.tools())
                && wide.classes()
                        .map(all -> narrow.classes().map(all::containsAll).orElse(false))
                        .orElse(true)
                && globs(wide.actions(), narrow.actions())
                && globs(wide.prompts(), narrow.prompts())
                && globs(wide.uris(), narrow.uris())
                && wide.arguments()
                        .map(tests -> narrow.arguments()
                                .map(more -> more.entrySet().containsAll(tests.entrySet()))
                                .orElse(false))
                        .orElse(true)
                && wide.time()
                        .map(window -> narrow.time().map(window::equals).orElse(false))
                        .orElse(true);
    }

    private static boolean globs(Optional<List<Glob>> wide, Optional<List<Glob>> narrow) {
        return wide.map(all -> narrow.map(some ->
                                some.stream().allMatch(one -> all.stream().anyMatch(other -> other.covers(one))))
                        .orElse(false))
                .orElse(true);
    }

    private static boolean networks(Optional<List<Network>> wide, Optional<List<Network>> narrow) {
        return wide.map(all -> narrow.map(some ->
                                some.stream().allMatch(one -> all.stream().anyMatch(other -> other.covers(one))))
                        .orElse(false))
                .orElse(true);
    }
}
