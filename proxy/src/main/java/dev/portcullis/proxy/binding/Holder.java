package dev.portcullis.proxy.binding;

/// Whom something was handed to: a caller on a route.
///
/// @param caller the kind and subject of the caller, unambiguous as one text
public record Holder(String route, String caller) {}
