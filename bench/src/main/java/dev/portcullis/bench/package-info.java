/// Measures a gateway that runs in a process of its own, from outside: streams through it and past it.
@NullMarked
package dev.portcullis.bench;

import org.jspecify.annotations.NullMarked;
