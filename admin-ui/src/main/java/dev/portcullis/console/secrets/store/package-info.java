/// Keys of the gateway itself, and their encryption anew.
@NullMarked
package dev.portcullis.console.secrets.store;

import org.jspecify.annotations.NullMarked;
