/// Replays in the REST API.
@NullMarked
package dev.portcullis.console.replay.api;

import org.jspecify.annotations.NullMarked;
