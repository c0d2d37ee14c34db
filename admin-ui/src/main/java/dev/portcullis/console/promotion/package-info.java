/// Takes rules from observing to enforcing, and back.
@NullMarked
package dev.portcullis.console.promotion;

import org.jspecify.annotations.NullMarked;
