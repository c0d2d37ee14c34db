/// The requests that the gateway makes for itself: keys of identity providers, tokens, metadata.
@NullMarked
package dev.portcullis.proxy.outbound;

import org.jspecify.annotations.NullMarked;
