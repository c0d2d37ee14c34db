/// Start, stop, and all wiring of a proxy replica.
@NullMarked
package dev.portcullis.proxy;

import org.jspecify.annotations.NullMarked;
