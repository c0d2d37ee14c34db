/// Callers, sessions and revocations in the REST API.
@NullMarked
package dev.portcullis.console.callers.api;

import org.jspecify.annotations.NullMarked;
