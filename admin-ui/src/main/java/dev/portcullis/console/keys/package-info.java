/// API keys: who may call the gateway with what.
@NullMarked
package dev.portcullis.console.keys;

import org.jspecify.annotations.NullMarked;
