/// The screen of routes and credentials.
@NullMarked
package dev.portcullis.console.routes.ui;

import org.jspecify.annotations.NullMarked;
