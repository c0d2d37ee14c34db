/// The audit trail as admins and auditors read it.
@NullMarked
package dev.portcullis.console.toolcalls;

import org.jspecify.annotations.NullMarked;
