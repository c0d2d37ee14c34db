/// The first screen.
@NullMarked
package dev.portcullis.console.overview.ui;

import org.jspecify.annotations.NullMarked;
