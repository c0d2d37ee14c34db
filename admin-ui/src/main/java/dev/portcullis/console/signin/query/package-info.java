/// Reads of administrators.
@NullMarked
package dev.portcullis.console.signin.query;

import org.jspecify.annotations.NullMarked;
