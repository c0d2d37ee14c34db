/// Admin tokens in the REST API.
@NullMarked
package dev.portcullis.console.access.api;

import org.jspecify.annotations.NullMarked;
