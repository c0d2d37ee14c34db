/// Who uses what from where, and what was taken back from them.
@NullMarked
package dev.portcullis.console.callers;

import org.jspecify.annotations.NullMarked;
