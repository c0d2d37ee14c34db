/// Writes of admin events.
@NullMarked
package dev.portcullis.console.events.store;

import org.jspecify.annotations.NullMarked;
