package dev.portcullis.console.signin;

import dev.portcullis.configuration.Secret;

/// A person and the password with which they sign in next, and choose one that only they know. It is shown once and
/// cannot be had again.
public record NewPassword(Person person, Secret password) {}
