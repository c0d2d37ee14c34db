/// The screen of evidence.
@NullMarked
package dev.portcullis.console.evidence.ui;

import org.jspecify.annotations.NullMarked;
