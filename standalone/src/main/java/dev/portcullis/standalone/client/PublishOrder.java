package dev.portcullis.standalone.client;

import java.util.Optional;

/// A document to publish.
///
/// @param source what it is called where it has its home, for instance a commit
/// @param tag the entity tag that must still be that of the version in force
public record PublishOrder(String document, String comment, Optional<String> source, String tag) {}
