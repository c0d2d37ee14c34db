/// Evaluation in the REST API.
@NullMarked
package dev.portcullis.console.evaluation.api;

import org.jspecify.annotations.NullMarked;
