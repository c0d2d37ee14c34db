/// Writes of proposals and of the setting.
@NullMarked
package dev.portcullis.console.publication.store;

import org.jspecify.annotations.NullMarked;
