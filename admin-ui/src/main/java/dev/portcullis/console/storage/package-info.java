/// How long the audit trail is kept, in which parts, and what must not be dropped.
@NullMarked
package dev.portcullis.console.storage;

import org.jspecify.annotations.NullMarked;
