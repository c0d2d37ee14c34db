/// Reads of the trail's parts, of how long it is kept, and of legal holds.
@NullMarked
package dev.portcullis.console.storage.query;

import org.jspecify.annotations.NullMarked;
