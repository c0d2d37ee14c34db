/// What the REST API says when the database is away, or has no place for what was sent.
@NullMarked
package dev.portcullis.console.api.store;

import org.jspecify.annotations.NullMarked;
