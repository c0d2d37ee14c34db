/// Reads of replicas.
@NullMarked
package dev.portcullis.console.replicas.query;

import org.jspecify.annotations.NullMarked;
