/// Reads what evidence is made of.
@NullMarked
package dev.portcullis.console.evidence.query;

import org.jspecify.annotations.NullMarked;
