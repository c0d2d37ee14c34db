/// Which bucket a limit of the policy counts a call in.
@NullMarked
package dev.portcullis.policy.limit;

import org.jspecify.annotations.NullMarked;
