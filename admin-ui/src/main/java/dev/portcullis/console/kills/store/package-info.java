/// Writes of kills.
@NullMarked
package dev.portcullis.console.kills.store;

import org.jspecify.annotations.NullMarked;
