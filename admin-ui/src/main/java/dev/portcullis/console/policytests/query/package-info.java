/// Reads of regression tests.
@NullMarked
package dev.portcullis.console.policytests.query;

import org.jspecify.annotations.NullMarked;
