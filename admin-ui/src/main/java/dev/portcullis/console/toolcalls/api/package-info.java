/// The audit trail in the REST API.
@NullMarked
package dev.portcullis.console.toolcalls.api;

import org.jspecify.annotations.NullMarked;
