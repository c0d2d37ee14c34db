/// REST: the overview.
@NullMarked
package dev.portcullis.console.overview.api;

import org.jspecify.annotations.NullMarked;
