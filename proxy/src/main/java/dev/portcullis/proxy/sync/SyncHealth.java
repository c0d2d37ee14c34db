package dev.portcullis.proxy.sync;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How a replica's knowledge of policy and kills is doing at one moment.
///
/// @param version the version in force
/// @param kills how many kills are in force
/// @param localKills how many of them are this replica's own
/// @param sinceContact how long ago the database last answered
/// @param rejectedVersion a higher version that is published and cannot be used
/// @param unreadable what else stands in the database and cannot be read, such as API keys: what was
///     known of it stays, and revocations do not come through
/// @param trouble why the database could not be asked, or the published version cannot be used
public record SyncHealth(
        OptionalLong version,
        int kills,
        int localKills,
        Duration sinceContact,
        OptionalLong rejectedVersion,
        long rejections,
        List<String> unreadable,
        Optional<String> trouble) {}
