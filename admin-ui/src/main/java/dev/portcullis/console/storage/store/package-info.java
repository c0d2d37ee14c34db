/// Makes and drops parts of the trail; writes legal holds.
@NullMarked
package dev.portcullis.console.storage.store;

import org.jspecify.annotations.NullMarked;
