/// The list of admin events, as screens show it.
@NullMarked
package dev.portcullis.console.events.ui;

import org.jspecify.annotations.NullMarked;
