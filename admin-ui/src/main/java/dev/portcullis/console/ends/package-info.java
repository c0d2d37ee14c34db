/// When things end by themselves that somebody gave an end.
@NullMarked
package dev.portcullis.console.ends;

import org.jspecify.annotations.NullMarked;
