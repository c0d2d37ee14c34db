/// Admin events in the REST API.
@NullMarked
package dev.portcullis.console.events.api;

import org.jspecify.annotations.NullMarked;
