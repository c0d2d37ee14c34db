/// Writes of regression tests.
@NullMarked
package dev.portcullis.console.policytests.store;

import org.jspecify.annotations.NullMarked;
