/// The question put to the policy, its answer, and the permit that an answer of *allow* carries.
@NullMarked
package dev.portcullis.policy;

import org.jspecify.annotations.NullMarked;
