/// How many calls there were, by time and by what they were about: kept beside the audit trail, so that nobody has to
/// read all of it to know.
@NullMarked
package dev.portcullis.console.counts;

import org.jspecify.annotations.NullMarked;
