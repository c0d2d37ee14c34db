/// Reads of upstream credentials.
@NullMarked
package dev.portcullis.console.credentials.query;

import org.jspecify.annotations.NullMarked;
