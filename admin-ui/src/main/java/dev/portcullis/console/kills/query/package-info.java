/// Reads of kills.
@NullMarked
package dev.portcullis.console.kills.query;

import org.jspecify.annotations.NullMarked;
