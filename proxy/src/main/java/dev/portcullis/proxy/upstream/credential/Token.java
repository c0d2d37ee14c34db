package dev.portcullis.proxy.upstream.credential;

import dev.portcullis.configuration.Secret;

import java.time.Duration;

/// What a token endpoint gave.
///
/// @param life how long it is good from now on
record Token(Secret value, Duration life) {}
