/// What carries the audit trail to other systems, each with a cursor of its own.
@NullMarked
package dev.portcullis.console.sinks;

import org.jspecify.annotations.NullMarked;
