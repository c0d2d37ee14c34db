/// The screen of the audit trail.
@NullMarked
package dev.portcullis.console.toolcalls.ui;

import org.jspecify.annotations.NullMarked;
