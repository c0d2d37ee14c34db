/// The policy in the REST API.
@NullMarked
package dev.portcullis.console.policy.api;

import org.jspecify.annotations.NullMarked;
