/// What the database has no place for.
@NullMarked
package dev.portcullis.console.api.store;

import org.jspecify.annotations.NullMarked;
