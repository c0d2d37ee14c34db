/// Replicas in the REST API.
@NullMarked
package dev.portcullis.console.replicas.api;

import org.jspecify.annotations.NullMarked;
