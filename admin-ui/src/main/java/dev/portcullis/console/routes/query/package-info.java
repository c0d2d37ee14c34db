/// Reads of how routes fare.
@NullMarked
package dev.portcullis.console.routes.query;

import org.jspecify.annotations.NullMarked;
