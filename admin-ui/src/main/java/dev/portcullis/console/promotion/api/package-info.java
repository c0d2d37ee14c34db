/// Promotion in the REST API.
@NullMarked
package dev.portcullis.console.promotion.api;

import org.jspecify.annotations.NullMarked;
