/// The screen of the kill switch.
@NullMarked
package dev.portcullis.console.kills.ui;

import org.jspecify.annotations.NullMarked;
