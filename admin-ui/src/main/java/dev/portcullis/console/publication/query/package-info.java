/// Reads of proposals and of the setting.
@NullMarked
package dev.portcullis.console.publication.query;

import org.jspecify.annotations.NullMarked;
