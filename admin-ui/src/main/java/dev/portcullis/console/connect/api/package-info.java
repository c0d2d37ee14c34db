/// The snippets for clients in the REST API.
@NullMarked
package dev.portcullis.console.connect.api;

import org.jspecify.annotations.NullMarked;
