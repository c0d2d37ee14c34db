/// What the audit trail keeps of what the policy was asked, and how it is asked again.
@NullMarked
package dev.portcullis.policy.recorded;

import org.jspecify.annotations.NullMarked;
