/// How a client is connected to a route: what to write where, and what to expect.
@NullMarked
package dev.portcullis.console.connect;

import org.jspecify.annotations.NullMarked;
