/// Screens of approval and scheduled publication.
@NullMarked
package dev.portcullis.console.publication.ui;

import org.jspecify.annotations.NullMarked;
