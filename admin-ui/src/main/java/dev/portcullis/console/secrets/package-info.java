/// The key that secrets in the database are encrypted with.
@NullMarked
package dev.portcullis.console.secrets;

import org.jspecify.annotations.NullMarked;
