/// The live tail over REST.
@NullMarked
package dev.portcullis.console.trail.api;

import org.jspecify.annotations.NullMarked;
