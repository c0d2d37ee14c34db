/// Regression tests on screen.
@NullMarked
package dev.portcullis.console.policytests.ui;

import org.jspecify.annotations.NullMarked;
