/// Secrets at rest: the key that encrypts them, API keys and their hashes, credentials for upstreams.
@NullMarked
package dev.portcullis.secrets;

import org.jspecify.annotations.NullMarked;
