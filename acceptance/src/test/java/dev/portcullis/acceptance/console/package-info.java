/// The console's screens in a real browser, over one gateway that has seen some traffic.
@NullMarked
package dev.portcullis.acceptance.console;

import org.jspecify.annotations.NullMarked;
