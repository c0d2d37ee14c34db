/// Files that say what a policy is to decide, and whether it does.
@NullMarked
package dev.portcullis.policy.scenario;

import org.jspecify.annotations.NullMarked;
