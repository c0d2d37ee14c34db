/// The screen of callers and clients.
@NullMarked
package dev.portcullis.console.callers.ui;

import org.jspecify.annotations.NullMarked;
