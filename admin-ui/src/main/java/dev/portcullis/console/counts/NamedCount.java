package dev.portcullis.console.counts;

/// How many calls something had.
///
/// @param refusals how many of them were refused
/// @param errors how many of them ended in an error
public record NamedCount(String name, long calls, long refusals, long errors) {}
