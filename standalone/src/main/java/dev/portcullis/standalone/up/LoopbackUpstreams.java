package dev.portcullis.standalone.up;

import dev.portcullis.standalone.postgres.OwnerOnly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// The addresses on this machine that `--upstream` ever named, kept for later starts without the
/// option. A policy document alone cannot lead the gateway to one: whoever edits it in a browser need
/// not be who owns this machine.
record LoopbackUpstreams(Path file) {

    /// Adds those of `upstreams`, and returns all.
    Set<String> remember(Collection<Upstream> upstreams) {
        try {
            var known = new TreeSet<String>();
            if (Files.exists(file)) {
                known.addAll(Files.readAllLines(file));
            }
            int before = known.size();
            upstreams.forEach(upstream -> upstream.loopbackAddress().ifPresent(known::add));
            if (known.size() > before) {
                OwnerOnly.write(file, String.join("\n", known) + "\n");
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
