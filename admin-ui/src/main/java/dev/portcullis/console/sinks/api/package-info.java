/// Sinks over REST.
@NullMarked
package dev.portcullis.console.sinks.api;

import org.jspecify.annotations.NullMarked;
