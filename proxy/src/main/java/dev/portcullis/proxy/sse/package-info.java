/// Event streams, read incrementally.
@NullMarked
package dev.portcullis.proxy.sse;

import org.jspecify.annotations.NullMarked;
