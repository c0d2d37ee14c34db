/// The screen that tells how to connect a client.
@NullMarked
package dev.portcullis.console.connect.ui;

import org.jspecify.annotations.NullMarked;
