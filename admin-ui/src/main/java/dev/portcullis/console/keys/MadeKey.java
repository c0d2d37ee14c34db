package dev.portcullis.console.keys;

import dev.portcullis.secrets.ApiKey;

/// A key that was just made. This is the only time that it can be seen.
public record MadeKey(ApiKeyRecord record, ApiKey key) {}
