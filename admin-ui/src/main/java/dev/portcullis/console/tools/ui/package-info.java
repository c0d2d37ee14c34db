/// The screen of the tool catalogue.
@NullMarked
package dev.portcullis.console.tools.ui;

import org.jspecify.annotations.NullMarked;
