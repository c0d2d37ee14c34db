/// Writes of API keys.
@NullMarked
package dev.portcullis.console.keys.store;

import org.jspecify.annotations.NullMarked;
