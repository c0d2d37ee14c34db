/// The policy as OPA bundles, for OPA servers.
@NullMarked
package dev.portcullis.console.bundles;

import org.jspecify.annotations.NullMarked;
