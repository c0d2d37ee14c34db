/// The screen of the API keys.
@NullMarked
package dev.portcullis.console.keys.ui;

import org.jspecify.annotations.NullMarked;
