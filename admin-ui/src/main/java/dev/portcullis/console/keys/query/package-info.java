/// Reads of API keys.
@NullMarked
package dev.portcullis.console.keys.query;

import org.jspecify.annotations.NullMarked;
