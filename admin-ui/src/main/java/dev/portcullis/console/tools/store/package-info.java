/// Writes of the tool catalogue.
@NullMarked
package dev.portcullis.console.tools.store;

import org.jspecify.annotations.NullMarked;
