/// Writes of the policy document.
@NullMarked
package dev.portcullis.console.policy.store;

import org.jspecify.annotations.NullMarked;
