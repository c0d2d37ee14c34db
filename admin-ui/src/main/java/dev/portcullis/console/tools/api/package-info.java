/// The tool catalogue in the REST API.
@NullMarked
package dev.portcullis.console.tools.api;

import org.jspecify.annotations.NullMarked;
