/// The kill switch in the REST API.
@NullMarked
package dev.portcullis.console.kills.api;

import org.jspecify.annotations.NullMarked;
