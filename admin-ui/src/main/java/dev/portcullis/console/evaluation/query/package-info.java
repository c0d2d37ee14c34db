/// Reads what explanations need besides the policy.
@NullMarked
package dev.portcullis.console.evaluation.query;

import org.jspecify.annotations.NullMarked;
