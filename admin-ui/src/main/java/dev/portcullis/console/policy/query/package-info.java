/// Reads of the policy document.
@NullMarked
package dev.portcullis.console.policy.query;

import org.jspecify.annotations.NullMarked;
