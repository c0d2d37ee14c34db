/// Credentials that the gateway shows upstreams.
@NullMarked
package dev.portcullis.console.credentials;

import org.jspecify.annotations.NullMarked;
