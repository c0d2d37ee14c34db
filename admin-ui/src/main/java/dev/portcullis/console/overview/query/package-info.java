/// Reads for the overview that no other feature has.
@NullMarked
package dev.portcullis.console.overview.query;

import org.jspecify.annotations.NullMarked;
