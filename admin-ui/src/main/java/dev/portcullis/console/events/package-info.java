/// The record of what admins did.
@NullMarked
package dev.portcullis.console.events;

import org.jspecify.annotations.NullMarked;
