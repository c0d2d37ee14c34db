/// Makes and drops parts of the trail; writes how long it is kept, and legal holds.
@NullMarked
package dev.portcullis.console.storage.store;

import org.jspecify.annotations.NullMarked;
