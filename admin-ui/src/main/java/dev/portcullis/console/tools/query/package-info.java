/// Reads of the tool catalogue.
@NullMarked
package dev.portcullis.console.tools.query;

import org.jspecify.annotations.NullMarked;
