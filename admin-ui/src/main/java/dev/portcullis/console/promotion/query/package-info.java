/// Reads what rules would have refused.
@NullMarked
package dev.portcullis.console.promotion.query;

import org.jspecify.annotations.NullMarked;
