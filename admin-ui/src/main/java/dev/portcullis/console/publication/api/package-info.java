/// Approval and scheduled publication in the REST API.
@NullMarked
package dev.portcullis.console.publication.api;

import org.jspecify.annotations.NullMarked;
