/// Evidence for auditors: one archive of what was in force, done and refused in a period, and how to verify it.
@NullMarked
package dev.portcullis.console.evidence;

import org.jspecify.annotations.NullMarked;
