/// The REST API of evidence.
@NullMarked
package dev.portcullis.console.evidence.api;

import org.jspecify.annotations.NullMarked;
