/// Writes of administrators.
@NullMarked
package dev.portcullis.console.signin.store;

import org.jspecify.annotations.NullMarked;
