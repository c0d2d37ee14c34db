/// Regression tests in the REST API.
@NullMarked
package dev.portcullis.console.policytests.api;

import org.jspecify.annotations.NullMarked;
