/// What every part of the REST API shares: problem documents, paging, entity tags.
@NullMarked
package dev.portcullis.console.api;

import org.jspecify.annotations.NullMarked;
