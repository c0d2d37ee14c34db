/// Upstream credentials in the REST API.
@NullMarked
package dev.portcullis.console.credentials.api;

import org.jspecify.annotations.NullMarked;
