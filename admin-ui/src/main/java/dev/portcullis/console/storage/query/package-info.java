/// Reads of the trail's parts and of legal holds.
@NullMarked
package dev.portcullis.console.storage.query;

import org.jspecify.annotations.NullMarked;
