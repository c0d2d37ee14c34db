/// API keys in the REST API.
@NullMarked
package dev.portcullis.console.keys.api;

import org.jspecify.annotations.NullMarked;
