/// Reads of admin events.
@NullMarked
package dev.portcullis.console.events.query;

import org.jspecify.annotations.NullMarked;
