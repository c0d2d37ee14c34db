package dev.portcullis.standalone.up;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `portcullis up` was asked for.
///
/// @param upstreams routes to add or replace
/// @param policy published at the first start instead of the usual one
/// @param configuration settings beyond these options; what is an option here wins
public record UpOptions(
        DataFolder data,
        LocalPort proxy,
        LocalPort console,
        LocalPort management,
        List<Upstream> upstreams,
        Optional<Path> policy,
        Optional<Path> configuration) {
    public UpOptions {
        upstreams = List.copyOf(upstreams);
    }
}
