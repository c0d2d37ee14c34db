/// Draft, publication, history and restore of the policy document.
@NullMarked
package dev.portcullis.console.policy;

import org.jspecify.annotations.NullMarked;
