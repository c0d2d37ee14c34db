/// The parts of the trail and legal holds in the REST API.
@NullMarked
package dev.portcullis.console.storage.api;

import org.jspecify.annotations.NullMarked;
